import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import { deferred } from '../../src/deferred.ts';
import { failure, type Outcome } from '../../src/outcomes/failure.ts';
import type { SessionDetails, StateEvent } from '../../src/channel/protocol.ts';
import type { ChannelBus, FakeChannelClient } from '../../sandbox/container/channelBus.ts';
import { must } from '../support/workerSession.ts';

/** A call of an app to Salesforce, and what came of it. */
export interface Call {
  at: number;
  app: string;
  code?: string;
  reason?: string | undefined;
  status?: number | undefined;
}

export interface AppSurroundings {
  bus: ChannelBus;
  now: () => number;
  calls: Call[];
}

/** An app of the desk, which talks over the channel as the client library does. */
export class SimulatedApp {
  readonly uuid: string;
  /** State events of the whole day, in the order they came. */
  readonly told: StateEvent[] = [];
  readonly #environment: AppSurroundings;
  #channel: FakeChannelClient | undefined;
  #gone = deferred<void>();
  #session: SessionDetails | undefined;
  #requests = 0;

  constructor(uuid: string, environment: AppSurroundings) {
    this.uuid = uuid;
    this.#environment = environment;
  }

  get isOpen(): boolean {
    return this.#channel !== undefined;
  }

  get isConnected(): boolean {
    return this.#session !== undefined;
  }

  /** Starts the app, or brings it back to a provider that was restarted. */
  async open(): Promise<void> {
    const { bus } = this.#environment;
    this.#gone = deferred<void>();
    const gone = this.#gone;
    this.#channel = await bus
      .runtime({ uuid: this.uuid, name: this.uuid })
      .InterApplicationBus.Channel.connect(channelName);
    this.#channel.onDisconnection(() => {
      this.#channel = undefined;
      this.#session = undefined;
      gone.resolve();
    });
    this.#channel.register('state', (event) => void this.told.push(event as StateEvent));
    this.#channel.register('platform.statusChanged', () => undefined);
    must(await this.#ask('hello', { protocol: protocolVersion, client: { name: this.uuid, version: '1' } }));
  }

  /** Takes the session that is there; asks for a sign-in where there is none. */
  async connect(): Promise<Outcome<SessionDetails>> {
    const existing = await this.#ask<SessionDetails | null>('getConnection', { requestId: this.#requestId() });
    const connected =
      existing.ok && existing.data
        ? existing
        : await this.#ask<SessionDetails>('connect', { requestId: this.#requestId() });
    this.#session = connected.ok ? (connected.data as SessionDetails) : undefined;
    return connected as Outcome<SessionDetails>;
  }

  /** Sends a request to Salesforce; what came of it is in the calls. */
  async call(
    method: 'GET' | 'POST' | 'PATCH',
    endpoint: string,
    value?: object,
  ): Promise<Outcome<{ status: number; body?: { value: unknown } }>> {
    const { calls, now } = this.#environment;
    const call: Call = { at: now(), app: this.uuid };
    calls.push(call);
    const outcome = await this.#ask<{ status: number; body?: { value: unknown } }>('execute', {
      requestId: this.#requestId(),
      sessionId: this.#session!.sessionId,
      endpoint,
      method,
      ...(value && { body: { kind: 'json', value } }),
    });
    if (!outcome.ok)
      Object.assign(call, { code: outcome.error.code, reason: outcome.error.reason, status: outcome.error.status });
    return outcome;
  }

  signOutAll(): Promise<Outcome<null>> {
    return this.#ask('platform.signOut', {});
  }

  /** Ends its use of the session in good order, then closes. */
  async close(): Promise<void> {
    if (this.#session) must(await this.#ask('disconnect', { sessionId: this.#session.sessionId }));
    await this.vanish();
  }

  /** Closes without a word. */
  async vanish(): Promise<void> {
    const channel = this.#channel;
    this.#channel = undefined;
    this.#session = undefined;
    await channel?.disconnect();
  }

  #requestId(): string {
    return `r${(this.#requests += 1)}`;
  }

  /** What is on its way when the provider goes never comes back. */
  async #ask<T>(action: string, payload: object): Promise<Outcome<T>> {
    const lost = this.#gone.promise.then(() => failure('PROVIDER_UNAVAILABLE', 'The provider went away.'));
    return Promise.race([this.#channel!.dispatch(action, payload) as Promise<Outcome<T>>, lost]);
  }
}
