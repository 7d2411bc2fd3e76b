/**
 * OpenFin's Channel API in memory, for tests of either end of a channel. It keeps the semantics that matter on a real
 * desktop (packages `@openfin/core` and `@openfin/node-adapter` 40): payloads and replies are copied as JSON; a thrown
 * error arrives as a `ChannelError` that keeps the message, carries the request's payload and a cause, and loses every
 * other property; `connect` waits for the provider; one listener each for connection and disconnection; a refused
 * connection rejects at once; messages of clients that are not connected are rejected.
 */
export interface Identity {
  uuid: string;
  name: string;
}
export interface ClientIdentity extends Identity {
  endpointId: string;
  isLocalEndpointId: boolean;
}

type Listener = (payload: unknown, identity: never) => unknown;
type ErrorListener = (action: string, error: Error, identity: never) => unknown;
type Middleware = (action: string, payload: unknown, identity: never) => unknown;

/** All channels of one desktop. */
export class ChannelBus {
  readonly #providers = new Map<string, FakeChannelProvider>();
  readonly #waiting = new Map<string, Set<() => void>>();
  #ids = 0;

  /** The `fin` of one window on this desktop. */
  runtime(identity: Identity, connectionUrl = `https://${identity.name}.example/`) {
    return {
      me: { identity },
      InterApplicationBus: {
        Channel: {
          create: (channelName: string) => this.#create(channelName, identity),
          connect: (channelName: string, { wait = true, payload }: { wait?: boolean; payload?: unknown } = {}) =>
            this.#connect(channelName, identity, connectionUrl, wait, payload),
        },
      },
    };
  }

  /** The identity of each channel that there is: `Channel.getAllChannels`. */
  all(): FakeChannelProvider['providerIdentity'][] {
    return [...this.#providers.values()].map(({ providerIdentity }) => providerIdentity);
  }

  async #create(channelName: string, identity: Identity): Promise<FakeChannelProvider> {
    await Promise.resolve();
    if (this.#providers.has(channelName)) throw new Error(`A channel named ${channelName} exists already.`);
    const provider = new FakeChannelProvider({ ...identity, channelName, channelId: `channel-${++this.#ids}` }, () => {
      if (this.#providers.get(channelName) === provider) this.#providers.delete(channelName);
    });
    this.#providers.set(channelName, provider);
    for (const attempt of this.#waiting.get(channelName) ?? []) attempt();
    return provider;
  }

  async #connect(
    channelName: string,
    identity: Identity,
    connectionUrl: string,
    wait: boolean,
    payload: unknown,
  ): Promise<FakeChannelClient> {
    for (;;) {
      const provider = this.#providers.get(channelName);
      if (provider !== undefined) {
        const endpoint = { ...identity, endpointId: `endpoint-${++this.#ids}`, isLocalEndpointId: false };
        const client = new FakeChannelClient(provider, endpoint, connectionUrl);
        await provider.admit(client, asJson(payload));
        return client;
      }
      if (!wait) throw new Error(`No channel found for channelName: ${channelName}.`);
      await this.#created(channelName);
    }
  }

  #created(channelName: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(channelName) ?? new Set();
      this.#waiting.set(channelName, waiting.add(resolve));
    });
  }

  /** The provider's window crashes or closes, and its clients are told. */
  crash(channelName: string): void {
    this.#providers.get(channelName)?.vanish(true);
  }

  /**
   * The provider hangs: it answers no more, and its clients are not told. Its name is free, as after a silent crash.
   */
  silence(channelName: string): void {
    this.#providers.get(channelName)?.vanish(false);
  }

  /** The provider loses its connections, and its clients are not told; their later messages are rejected. */
  forgetClients(channelName: string): void {
    this.#providers.get(channelName)?.forgetClients();
  }
}

/** The part that both ends share: actions and their middleware. */
class ChannelEnd {
  readonly #actions = new Map<string, Listener>();
  #defaultAction: ((action: string, payload: unknown, identity: never) => unknown) | undefined;
  #before: Middleware | undefined;
  #after: Middleware | undefined;
  #onError: ErrorListener | undefined;

  register(action: string, listener: Listener): boolean {
    if (this.#actions.has(action)) {
      throw new Error(
        `Subscription already registered for action: ${action}. Unsubscribe before adding new subscription`,
      );
    }
    this.#actions.set(action, listener);
    return true;
  }

  remove(action: string): void {
    this.#actions.delete(action);
  }

  setDefaultAction(action: (action: string, payload: unknown, identity: never) => unknown): void {
    if (this.#defaultAction) throw new Error('default action can only be set once');
    this.#defaultAction = action;
  }

  beforeAction(middleware: Middleware): void {
    if (this.#before) throw new Error('already registered beforeAction middleware');
    this.#before = middleware;
  }

  afterAction(middleware: Middleware): void {
    if (this.#after) throw new Error('already registered afterAction middleware');
    this.#after = middleware;
  }

  onError(listener: ErrorListener): void {
    if (this.#onError) throw new Error('already registered error middleware');
    this.#onError = listener;
  }

  /** Handles a message and answers it. What `onError` returns counts as success, as in OpenFin. */
  async process(action: string, payload: unknown, identity: Identity): Promise<unknown> {
    try {
      const given = (await this.#before?.(action, payload, identity as never)) ?? payload;
      const result = await this.#run(action, given, identity);
      return asJson((await this.#after?.(action, result, identity as never)) ?? result);
    } catch (error) {
      if (this.#onError) return asJson(await this.#onError(action, error as Error, identity as never));
      throw error;
    }
  }

  #run(action: string, payload: unknown, identity: Identity): unknown {
    const listener = this.#actions.get(action);
    if (listener) return listener(payload, identity as never);
    if (this.#defaultAction) return this.#defaultAction(action, payload, identity as never);
    throw new Error(`No action registered at target for ${action}`);
  }
}

/** The provider's end of a channel. */
export class FakeChannelProvider extends ChannelEnd {
  readonly providerIdentity: Identity & { channelName: string; channelId: string };
  readonly #free: () => void;
  #clients: FakeChannelClient[] = [];
  #state: 'alive' | 'gone' | 'hanging' = 'alive';
  #connectListener: (identity: never, payload?: unknown) => unknown = () => undefined;
  #disconnectListener: (identity: never) => unknown = () => undefined;

  constructor(providerIdentity: FakeChannelProvider['providerIdentity'], free: () => void) {
    super();
    this.providerIdentity = providerIdentity;
    this.#free = free;
  }

  get connections(): ClientIdentity[] {
    return this.#clients.map(({ identity }) => identity);
  }

  /** A later call replaces the listener. It refuses the connection by throwing. */
  onConnection(listener: (identity: never, payload?: unknown) => unknown): void {
    this.#connectListener = listener;
  }

  /** A later call replaces the listener. */
  onDisconnection(listener: (identity: never) => unknown): void {
    this.#disconnectListener = listener;
  }

  async getAllClientInfo(): Promise<
    Array<Identity & { endpointId: string; entityType: string; connectionUrl: string }>
  > {
    return this.#clients.map(({ identity, connectionUrl }) => ({ ...identity, entityType: 'view', connectionUrl }));
  }

  dispatch(to: Identity & { endpointId?: string }, action: string, payload?: unknown): Promise<unknown> {
    const client = this.#clients.findLast(({ identity }) =>
      to.endpointId === undefined
        ? identity.uuid === to.uuid && identity.name === to.name
        : identity.endpointId === to.endpointId,
    );
    if (client === undefined) {
      return Promise.reject(
        new Error(
          `Client connection with identity uuid: ${to.uuid} / name: ${to.name} / endpointId: ${to.endpointId} no longer connected.`,
        ),
      );
    }
    return transport(action, payload, (copy) => client.process(action, copy, this.providerIdentity));
  }

  /** One promise per connection, as in OpenFin: to be settled together, not awaited as one. */
  publish(action: string, payload?: unknown): Array<Promise<unknown>> {
    return this.connections.map((identity) => this.dispatch(identity, action, payload));
  }

  async destroy(): Promise<void> {
    await Promise.resolve();
    this.vanish(true);
  }

  /** Pushes the endpoint before the listener is asked, and leaves it there when refused: so does OpenFin. */
  async admit(client: FakeChannelClient, payload: unknown): Promise<void> {
    this.#clients.push(client);
    try {
      await this.#connectListener(client.identity as never, payload);
    } catch (error) {
      throw new Error(error instanceof Error ? error.message : String(error));
    }
  }

  receive(client: FakeChannelClient, action: string, payload: unknown): Promise<unknown> {
    if (this.#state !== 'alive') return new Promise(() => undefined);
    const handled = transport(action, payload, (copy) => {
      if (!this.#clients.includes(client))
        throw new Error('This action was sent from a client that is not connected to the provider.');
      return this.process(action, copy, client.identity);
    });
    // The answer of a provider that vanishes meanwhile never arrives.
    return new Promise((resolve, reject) => {
      const arrive =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          if (this.#state === 'alive') settle(value);
        };
      handled.then(arrive(resolve), arrive(reject));
    });
  }

  release(client: FakeChannelClient): void {
    if (!this.#clients.includes(client)) return;
    this.#clients = this.#clients.filter((other) => other !== client);
    if (this.#state === 'alive') this.#disconnectListener(client.identity as never);
  }

  forgetClients(): void {
    this.#clients = [];
  }

  vanish(told: boolean): void {
    if (this.#state === 'gone') return;
    this.#state = told ? 'gone' : 'hanging';
    this.#free();
    if (!told) return;
    const clients = this.#clients;
    this.#clients = [];
    for (const client of clients) client.providerGone();
  }
}

/** A client's end of a channel. */
export class FakeChannelClient extends ChannelEnd {
  readonly identity: ClientIdentity;
  readonly connectionUrl: string;
  readonly #provider: FakeChannelProvider;
  #connected = true;
  #disconnectListener: (event: unknown) => unknown = () => undefined;

  constructor(provider: FakeChannelProvider, identity: ClientIdentity, connectionUrl: string) {
    super();
    this.#provider = provider;
    this.identity = identity;
    this.connectionUrl = connectionUrl;
  }

  get providerIdentity() {
    return this.#provider.providerIdentity;
  }

  async dispatch(action: string, payload?: unknown): Promise<unknown> {
    if (!this.#connected)
      throw new Error('The client you are trying to dispatch from is disconnected from the target provider.');
    return this.#provider.receive(this, action, payload);
  }

  onDisconnection(listener: (event: unknown) => unknown): void {
    this.#disconnectListener = listener;
  }

  /** Its own `onDisconnection` does not fire for this. */
  async disconnect(): Promise<void> {
    await Promise.resolve();
    if (!this.#connected) return;
    this.#connected = false;
    this.#provider.release(this);
  }

  providerGone(): void {
    if (!this.#connected) return;
    this.#connected = false;
    const listener = this.#disconnectListener;
    this.#disconnectListener = () => undefined;
    listener(this.providerIdentity);
  }
}

/** An error of the other end, as OpenFin passes it on. */
export class ChannelError extends Error {
  override name = 'ChannelError';
  readonly action: string;
  readonly dispatchPayload: unknown;

  constructor(original: Error, action: string, dispatchPayload: unknown) {
    const cause = new Error(original.message);
    cause.name = original.name;
    super(original.message, { cause });
    this.action = action;
    this.dispatchPayload = dispatchPayload;
  }
}

async function transport(action: string, payload: unknown, handle: (copy: unknown) => unknown): Promise<unknown> {
  const copy = asJson(payload);
  await Promise.resolve();
  try {
    return await handle(copy);
  } catch (error) {
    throw new ChannelError(error instanceof Error ? error : new Error(String(error)), action, payload);
  }
}

function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
