/**
 * `fin`, as it is put on a page before the page's own scripts. Each function here is sent to the page as text, so it
 * may use nothing of its environment but its parameters.
 */
import type { FinSetup, WindowIdentity, WireAnswer, WireError } from './wire.ts';

type Listener = (...values: unknown[]) => unknown;

/** The page's side of the connection to the runtime. */
interface PageLink {
  /** Asks the runtime. @throws what the runtime answers as an error */
  call<T>(method: string, message?: object): Promise<T>;
  /** Listeners that the runtime calls by id. */
  listeners: Map<string, Listener>;
  newId(): string;
}

interface Message {
  kind: string;
  endId: string;
  action: string;
  payload: unknown;
  identity: WindowIdentity & { endpointId?: string };
  listenerId: string;
  values: unknown[];
}

const parts = { linkToRuntime, channelEndOn, channelsOn, windowsOn, agentOn, platformOn, finOf };

/**
 * The script that gives a page its `fin`. Who the page is, the runtime knows from which page calls: nothing the page
 * says counts.
 */
export function finScript(setup: FinSetup): string {
  const members = Object.entries(parts).map(([name, part]) => `${name}: ${part.toString()}`);
  // Some compilers have functions keep their names by a helper, which the page does not have.
  return `(() => { const __name = (value) => value; (${installFin.toString()})(${JSON.stringify(setup)}, { ${members.join(', ')} }); })();`;
}

function installFin(setup: FinSetup, page: typeof parts): void {
  const { withoutFin } = setup;
  if (
    window !== window.top ||
    location.protocol === 'about:' ||
    withoutFin.some((pattern) => new RegExp(pattern, 'u').test(location.href))
  )
    return;
  const link = page.linkToRuntime();
  const channels = page.channelsOn(link, page.channelEndOn(link));
  const receive = async ({ kind, listenerId, values, ...message }: Message): Promise<unknown> =>
    kind === 'listener' ? link.listeners.get(listenerId)?.(...values) : channels.receive(kind, message);
  Object.defineProperty(window, '__containerReceive', {
    value: async (text: string): Promise<string> => {
      try {
        return JSON.stringify({ value: await receive(JSON.parse(text) as Message) });
      } catch (error) {
        const { name, message } = error as Error;
        return JSON.stringify({ error: { name, message } });
      }
    },
  });
  void link.call('document.started');
  const fin = page.finOf(setup, link, channels, page.windowsOn(link), page.agentOn(link), page.platformOn(link));
  Object.assign(window, { fin });
}

function linkToRuntime(): PageLink {
  const binding = (window as unknown as { __containerCall: (method: string, text: string) => Promise<string> })
    .__containerCall;
  let ids = 0;

  function errorOf({ cause, message, ...rest }: WireError): Error {
    const inner = cause && Object.assign(new Error(cause.message), { name: cause.name });
    return Object.assign(new Error(message, inner && { cause: inner }), rest);
  }

  return {
    listeners: new Map<string, Listener>(),
    newId: () => `${++ids}`,
    async call<T>(method: string, message: object = {}): Promise<T> {
      const answer = JSON.parse(await binding(method, JSON.stringify(message))) as WireAnswer;
      if (answer.error) throw errorOf(answer.error);
      return answer.value as T;
    },
  };
}

/** The part that both ends of a channel share; middleware and order as in `@openfin/core`. */
function channelEndOn({ call, newId }: PageLink) {
  return class ChannelEnd {
    readonly id = newId();
    readonly actions = new Map<string, Listener>();
    connections: WindowIdentity[] = [];
    providerIdentity: unknown;
    /** Settles once the page has had the chance to register its actions. */
    ready: Promise<unknown> = Promise.resolve();
    connected: Listener = () => undefined;
    disconnected: Listener = () => undefined;
    isOpen = true;
    middleware: { default?: Listener; before?: Listener; after?: Listener; error?: Listener } = {};

    async open(method: string, message: object): Promise<this> {
      const opened = call(method, { endId: this.id, ...message });
      this.ready = opened.then(
        () =>
          new Promise((resolve) => {
            setTimeout(resolve, 0);
          }),
        () => undefined,
      );
      this.providerIdentity = await opened;
      return this;
    }
    register(action: string, listener: Listener): boolean {
      if (this.actions.has(action))
        throw new Error(
          `Subscription already registered for action: ${action}. Unsubscribe before adding new subscription`,
        );
      this.actions.set(action, listener);
      return true;
    }
    remove(action: string): void {
      this.actions.delete(action);
    }
    setDefaultAction(listener: Listener): void {
      this.once('default', listener);
    }
    beforeAction(listener: Listener): void {
      this.once('before', listener);
    }
    afterAction(listener: Listener): void {
      this.once('after', listener);
    }
    onError(listener: Listener): void {
      this.once('error', listener);
    }
    once(kind: 'default' | 'before' | 'after' | 'error', listener: Listener): void {
      if (this.middleware[kind]) throw new Error(`already registered: ${kind}`);
      this.middleware[kind] = listener;
    }
    async process(action: string, payload: unknown, from: unknown): Promise<unknown> {
      const { before, after, error: onError, default: byDefault } = this.middleware;
      try {
        const given = (await before?.(action, payload, from)) ?? payload;
        const listener = this.actions.get(action);
        if (!listener && !byDefault) throw new Error(`No action registered at target for ${action}`);
        const result = listener ? await listener(given, from) : await byDefault!(action, given, from);
        return (await after?.(action, result, from)) ?? result;
      } catch (error) {
        if (!onError) throw error;
        return onError(action, error, from);
      }
    }
    async close(): Promise<void> {
      this.isOpen = false;
      await call('channel.close', { endId: this.id });
    }
  };
}

type ChannelEnds = ReturnType<typeof channelEndOn>;

/** `fin.InterApplicationBus.Channel`, and what receives for its ends. */
function channelsOn({ call }: PageLink, ChannelEnd: ChannelEnds) {
  const ends = new Map<string, InstanceType<ChannelEnds>>();

  class Provider extends ChannelEnd {
    onConnection(listener: Listener): void {
      this.connected = listener;
    }
    onDisconnection(listener: Listener): void {
      this.disconnected = listener;
    }
    dispatch(to: WindowIdentity, action: string, payload?: unknown): Promise<unknown> {
      return call('channel.dispatch', { endId: this.id, to, action, payload });
    }
    publish(action: string, payload?: unknown): Promise<unknown>[] {
      return this.connections.map((to) => this.dispatch(to, action, payload));
    }
    getAllClientInfo(): Promise<unknown> {
      return call('channel.clients', { endId: this.id });
    }
    destroy(): Promise<void> {
      return this.close();
    }
  }

  class Client extends ChannelEnd {
    onDisconnection(listener: Listener): void {
      this.disconnected = listener;
    }
    async dispatch(action: string, payload?: unknown): Promise<unknown> {
      if (!this.isOpen)
        throw new Error('The client you are trying to dispatch from is disconnected from the target provider.');
      return call('channel.dispatch', { endId: this.id, action, payload });
    }
    disconnect(): Promise<void> {
      return this.close();
    }
  }

  const open = <E extends InstanceType<ChannelEnds>>(end: E, method: string, message: object): Promise<E> => {
    ends.set(end.id, end);
    return end.open(method, message);
  };
  return {
    create: (channelName: string) => open(new Provider(), 'channel.create', { channelName }),
    connect: (channelName: string, options: object = {}) =>
      open(new Client(), 'channel.connect', { channelName, options }),
    async receive(
      kind: string,
      { endId, action, payload, identity: from }: Omit<Message, 'kind' | 'listenerId' | 'values'>,
    ): Promise<unknown> {
      const end = ends.get(endId);
      if (!end) throw new Error('There is no such end of a channel in this page.');
      await end.ready;
      if (kind === 'channel.action') return end.process(action, payload, from);
      if (kind === 'channel.connection') {
        end.connections.push(from);
        return end.connected(from, payload);
      }
      end.connections = end.connections.filter(
        ({ endpointId }: WindowIdentity & { endpointId?: string }) => endpointId !== from.endpointId,
      );
      if (end instanceof Client) end.isOpen = false;
      return end.disconnected(from);
    },
  };
}

/** The window objects that `fin` gives for an identity. */
function windowsOn({ call, listeners, newId }: PageLink) {
  return (target: WindowIdentity) => {
    const own = new Map<string, Map<Listener, string>>();
    const methods = [
      'show',
      'hide',
      'close',
      'focus',
      'bringToFront',
      'setAsForeground',
      'isShowing',
      'getBounds',
      'setBounds',
      'getOptions',
      'getInfo',
      'navigate',
    ];
    const listen = async (type: string, listener: Listener, once: boolean): Promise<void> => {
      const listenerId = newId();
      own.set(type, (own.get(type) ?? new Map<Listener, string>()).set(listener, listenerId));
      listeners.set(listenerId, (event) => {
        if (once) listeners.delete(listenerId);
        return listener(event);
      });
      await call('window.listen', { target, type, listenerId });
    };
    return {
      identity: target,
      ...Object.fromEntries(
        methods.map((method) => [method, (...values: unknown[]) => call(`window.${method}`, { target, values })]),
      ),
      addListener: (type: string, listener: Listener) => listen(type, listener, false),
      on: (type: string, listener: Listener) => listen(type, listener, false),
      once: (type: string, listener: Listener) => listen(type, listener, true),
      async removeListener(type: string, listener: Listener): Promise<void> {
        listeners.delete(own.get(type)?.get(listener) ?? '');
      },
      async removeAllListeners(type?: string): Promise<void> {
        for (const [of, added] of own)
          if (type === undefined || type === of) for (const listenerId of added.values()) listeners.delete(listenerId);
      },
    };
  };
}

/** The FDC3 desktop agent of the page. */
function agentOn({ call, listeners, newId }: PageLink) {
  async function addFdc3Listener(
    method: string,
    message: object,
    handler: Listener,
  ): Promise<{ unsubscribe(): Promise<void> }> {
    const listenerId = newId();
    listeners.set(listenerId, handler);
    await call(method, { ...message, listenerId });
    return { unsubscribe: () => call('fdc3.removeListener', { listenerId }) };
  }

  return {
    getInfo: () => call('fdc3.getInfo'),
    addIntentListener: (intent: string, handler: Listener) =>
      addFdc3Listener('fdc3.addIntentListener', { intent }, handler),
    addContextListener: (type: string | null, handler: Listener) =>
      addFdc3Listener('fdc3.addContextListener', { type }, handler),
    broadcast: (context: unknown) => call('fdc3.broadcast', { context }),
    joinUserChannel: (channelId: string) => call('fdc3.join', { channelId }),
    leaveCurrentChannel: () => call('fdc3.join'),
    getUserChannels: () => call('fdc3.userChannels'),
    async getCurrentChannel() {
      const id = await call<string | null>('fdc3.currentChannel');
      if (id === null) return null;
      const getCurrentContext = async (contextType?: string): Promise<unknown> =>
        call('fdc3.currentContext', { contextType: contextType ?? null });
      return {
        id,
        type: 'user',
        getCurrentContext,
        broadcast: (context: unknown) => call('fdc3.broadcast', { context }),
      };
    },
    async raiseIntent(intent: string, context: unknown, app?: { appId: string }) {
      const { resultId, source } = await call<{ resultId: string; source: object }>('fdc3.raiseIntent', {
        intent,
        context,
        app,
      });
      return { source, intent, version: '2.0', getResult: () => call('fdc3.getResult', { resultId }) };
    },
  };
}

/** `fin.Platform`. */
function platformOn({ call, listeners }: PageLink) {
  /** What a platform's override extends: refuses to route intents itself, as OpenFin's own broker does. */
  class BaseBroker {
    /** Kept under the names that OpenFin's own broker has for it. */
    contextGroupsById = new Map<string, Map<string, { type: string }>>();
    lastContextMap = new Map<string, string>();
    sessionContextGroupMap = new Map<string, object>();
    setContextForGroup({ context }: { context: { type: string } }, id: string): void {
      const contexts = this.contextGroupsById.get(id) ?? new Map<string, { type: string }>();
      this.contextGroupsById.set(id, contexts.set(context.type, context));
      this.lastContextMap.set(id, context.type);
    }
    async handleFiredIntent(intent: { name: string }): Promise<unknown> {
      throw new Error(`No handler for the intent ${intent.name}: override handleFiredIntent`);
    }
    setIntentTarget(intent: object, target: WindowIdentity): Promise<void> {
      return call('fdc3.setIntentTarget', { intent, target });
    }
  }

  return {
    async init({
      interopOverride = [],
    }: { interopOverride?: ((base: typeof BaseBroker) => typeof BaseBroker)[] } = {}): Promise<void> {
      const broker = new (interopOverride.reduce((base, override) => override(base), BaseBroker))();
      listeners.set('broker', (intent, raiser) => (broker.handleFiredIntent as Listener).call(broker, intent, raiser));
      listeners.set('contexts', (id: unknown, context?: unknown) => {
        if (context) broker.setContextForGroup({ context: context as { type: string } }, id as string);
        return [...(broker.contextGroupsById.get(id as string)?.values() ?? [])];
      });
      await call('platform.init');
    },
  };
}

function finOf(
  { identity, version }: FinSetup,
  { call, listeners, newId }: PageLink,
  { create, connect }: ReturnType<typeof channelsOn>,
  windowOf: ReturnType<typeof windowsOn>,
  agent: ReturnType<typeof agentOn>,
  Platform: ReturnType<typeof platformOn>,
) {
  const bus = new Map<Listener, string>();
  const me = windowOf(identity);
  return {
    me: {
      ...me,
      isWindow: true,
      isView: false,
      isOpenFin: true,
      entityType: 'window',
      interop: { getFDC3: async () => agent, getFDC3Sync: () => agent },
    },
    Application: {
      getCurrentSync: () => ({
        identity,
        getManifest: () => call('application.getManifest'),
        getChildWindows: async () => (await call<WindowIdentity[]>('application.getChildWindows')).map(windowOf),
      }),
    },
    Window: {
      create: async (options: object) => windowOf(await call<WindowIdentity>('window.create', { options })),
      getCurrentSync: () => me,
      getCurrent: async () => me,
      wrapSync: windowOf,
      wrap: async (target: WindowIdentity) => windowOf(target),
    },
    Platform,
    View: {
      wrapSync: () => ({
        getCurrentWindow: () => Promise.reject(new Error('The target is a window and no view.')),
        getInfo: () => Promise.reject(new Error('The target is a window and no view.')),
      }),
    },
    System: {
      registerUsage: (usage: unknown) => call('system.registerUsage', { usage }),
      openUrlWithBrowser: (url: string) => call('system.openUrlWithBrowser', { url }),
      getVersion: async () => version,
      getRuntimeInfo: async () => ({ version, architecture: 'x64', port: 9696 }),
      getMonitorInfo: () => call('system.getMonitorInfo'),
    },
    InterApplicationBus: {
      publish: (topic: string, message: unknown) => call('bus.publish', { topic, message }),
      async subscribe(source: { uuid: string; name?: string }, topic: string, listener: Listener): Promise<void> {
        const listenerId = newId();
        bus.set(listener, listenerId);
        listeners.set(listenerId, listener);
        await call('bus.subscribe', { source, topic, listenerId });
      },
      async unsubscribe(_source: unknown, _topic: string, listener: Listener): Promise<void> {
        await call('bus.unsubscribe', { listenerId: bus.get(listener) ?? '' });
      },
      Channel: { create, connect, getAllChannels: () => call('channel.all') },
    },
  };
}
