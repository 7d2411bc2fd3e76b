import type { ResolveError, ResultError } from '@finos/fdc3';
import type { ContainerWindow } from './containerWindow.ts';
import type { WindowIdentity } from './wire.ts';

/** FDC3's own words. Not as values from its package, which Node.js cannot load as an ES module. */
const errors = {
  NoAppsFound: 'NoAppsFound' satisfies `${ResolveError}`,
  TargetAppUnavailable: 'TargetAppUnavailable' satisfies `${ResolveError}`,
  NoResultReturned: 'NoResultReturned' satisfies `${ResultError}`,
  IntentHandlerRejected: 'IntentHandlerRejected' satisfies `${ResultError}`,
};

interface IntentListener {
  window: ContainerWindow;
  intent: string;
  listenerId: string;
}
interface Intent {
  name: string;
  context: object;
  metadata: { target: unknown; intentResolutionResultId: string };
}
interface Deferred {
  promise: Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}
interface ContextListener {
  window: ContainerWindow;
  type: string | null;
  listenerId: string;
}

/**
 * Intents and user channels among the windows of one runtime. The platform's override routes intents where a window
 * started a platform; otherwise the first app that listens gets them, told who raised it (an app's id is its uuid).
 * Results follow OpenFin's client: no object is `NoResultReturned`.
 */
export class InteropBroker {
  #intents: IntentListener[] = [];
  #contexts: ContextListener[] = [];
  /** OpenFin's first ones. */
  readonly userChannels = ['green', 'purple', 'orange'].map((id) => ({
    id,
    type: 'user',
    displayMetadata: { name: id },
  }));
  readonly #channelOf = new Map<ContainerWindow, string>();
  readonly #results = new Map<string, Deferred>();
  #pending: { intent: Intent; target: WindowIdentity }[] = [];
  #platform: ContainerWindow | undefined;

  addIntentListener(listener: IntentListener): void {
    this.#intents.push(listener);
    const waiting = this.#pending.filter(
      ({ intent, target }) => intent.name === listener.intent && target.name === listener.window.name,
    );
    this.#pending = this.#pending.filter((one) => !waiting.includes(one));
    // OpenFin delivers only the last of several that wait.
    const last = waiting.at(-1);
    if (last) this.#deliver(listener, last.intent);
  }

  /** The listener is told what was shared on its channel before, as each is by OpenFin's broker. */
  async addContextListener(listener: ContextListener): Promise<void> {
    this.#contexts.push(listener);
    await this.#tellKept(listener.window, [listener]);
  }

  removeListener(window: ContainerWindow, listenerId: string): void {
    const isOther = (one: { window: ContainerWindow; listenerId: string }): boolean =>
      one.window !== window || one.listenerId !== listenerId;
    this.#intents = this.#intents.filter(isOther);
    this.#contexts = this.#contexts.filter(isOther);
  }

  /** From now on the broker of this window's platform decides who gets an intent. */
  usePlatform(window: ContainerWindow): void {
    this.#platform = window;
  }

  /** @throws Error with the broker's refusal; without a platform `NoAppsFound` or `TargetAppUnavailable`. */
  async raise(
    raiser: ContainerWindow,
    name: string,
    context: object,
    appId: string | undefined,
  ): Promise<{ resultId: string; source: object }> {
    const resultId = crypto.randomUUID();
    const result = deferred();
    this.#results.set(resultId, result);
    const intent: Intent = { name, context, metadata: { target: appId, intentResolutionResultId: resultId } };
    if (this.#platform) {
      const values = [intent, { ...raiser.identity, entityType: 'window', endpointId: raiser.name }];
      const resolution = await this.#platform.ask('listener', { listenerId: 'broker', values });
      return { resultId, source: (resolution as { source?: object } | null)?.source ?? { appId: '', instanceId: '' } };
    }
    const able = this.#intents.filter((one) => one.intent === name);
    if (able.length === 0) throw new Error(errors.NoAppsFound);
    const target = able.find(({ window }) => appId === undefined || window.uuid === appId);
    if (!target) throw new Error(errors.TargetAppUnavailable);
    this.#deliver(target, { ...intent, context: { ...context, contextMetadata: { source: sourceOf(raiser) } } });
    return { resultId, source: sourceOf(target.window) };
  }

  /**
   * Hands the intent to the target, at the latest when it registers a listener. Targets are told apart by name alone.
   */
  setIntentTarget(intent: Intent, target: WindowIdentity): void {
    const listener = this.#intents.find((one) => one.window.name === target.name && one.intent === intent.name);
    if (listener) this.#deliver(listener, intent);
    else this.#pending.push({ intent, target });
  }

  #deliver({ window, listenerId }: IntentListener, { context, metadata }: Intent): void {
    const { contextMetadata, ...given } = context as { contextMetadata?: unknown };
    const result = this.#results.get(metadata.intentResolutionResultId);
    window.ask('listener', { listenerId, values: [given, contextMetadata] }).then(
      (value) =>
        typeof value === 'object' && value !== null
          ? result?.resolve(value)
          : result?.reject(new Error(errors.NoResultReturned)),
      () => result?.reject(new Error(errors.IntentHandlerRejected)),
    );
  }

  async result(resultId: string): Promise<unknown> {
    return this.#results.get(resultId)?.promise;
  }

  /** @throws Error for a channel that is not there */
  async join(window: ContainerWindow, channelId: string | undefined): Promise<void> {
    if (channelId === undefined) return void this.#channelOf.delete(window);
    if (!this.userChannels.some(({ id }) => id === channelId))
      throw new Error(`Attempting to join a context group that does not exist: ${channelId}.`);
    if (this.#channelOf.get(window) === channelId) return;
    this.#channelOf.set(window, channelId);
    await this.#tellKept(
      window,
      this.#contexts.filter((one) => one.window === window),
    );
  }

  /** What was shared last on the window's channel, of this type or of any. */
  async current(window: ContainerWindow, type: string | null): Promise<object | null> {
    const kept = await this.#kept(this.#channelOf.get(window));
    return kept.findLast((context) => type === null || context.type === type) ?? null;
  }

  /** Contexts are kept by the broker of the platform, in its own page. */
  async #kept(channelId: string | undefined, added?: { type: string }): Promise<{ type: string }[]> {
    if (channelId === undefined || !this.#platform) return [];
    const values = added ? [channelId, added] : [channelId];
    return (await this.#platform.ask('listener', { listenerId: 'contexts', values })) as { type: string }[];
  }

  async #tellKept(window: ContainerWindow, listeners: readonly ContextListener[]): Promise<void> {
    for (const context of await this.#kept(this.#channelOf.get(window)))
      for (const { type, listenerId } of listeners)
        if (type === null || type === context.type) window.tell('listener', { listenerId, values: [context, null] });
  }

  channel(window: ContainerWindow): string | undefined {
    return this.#channelOf.get(window);
  }

  /**
   * To every window of the sender's channel, itself included, as OpenFin's broker does. It says nothing of the sender.
   *
   * @throws Error for a window that is on no channel
   */
  async broadcast(sender: ContainerWindow, context: { type: string }): Promise<void> {
    const channelId = this.#channelOf.get(sender);
    if (channelId === undefined) throw new Error('You must join a context group before you can set context.');
    await this.#kept(channelId, context);
    for (const { window, type, listenerId } of this.#contexts) {
      if (this.#channelOf.get(window) !== channelId || (type !== null && type !== context.type)) continue;
      window.tell('listener', { listenerId, values: [context, null] });
    }
  }

  forget(window: ContainerWindow): void {
    this.#intents = this.#intents.filter((one) => one.window !== window);
    this.#contexts = this.#contexts.filter((one) => one.window !== window);
    this.#channelOf.delete(window);
    if (this.#platform === window) this.#platform = undefined;
  }
}

function deferred(): Deferred {
  let resolve!: Deferred['resolve'];
  let reject!: Deferred['reject'];
  const promise = new Promise<unknown>((onValue, onError) => {
    [resolve, reject] = [onValue, onError];
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

function sourceOf(window: ContainerWindow) {
  return { appId: window.uuid, instanceId: window.name };
}
