/** The apps that are connected to the platform right now, and what they listen for. */
import type OpenFin from '@openfin/core';
import { deferred } from '../deferred.ts';
import { inTime } from '../time.ts';
import type { AppRecord } from './appDirectory.ts';
import type { ChannelEvent } from './channels/channelMessages.ts';
import type { GivenContext } from './context.ts';

/** A broadcast on a channel, for those of an app's listeners that its type fits. */
export interface HeardContext {
  channelId: string;
  listenerIds: readonly string[];
  context: GivenContext;
  source: { appId: string; instanceId: string };
}

/** How the platform reaches an app, in whichever way that has joined. */
export interface AppEnd {
  /** Hands an intent to the app's listener. Resolves with what that returns, rejects where it has not done it. */
  handleIntent(intent: string, context: GivenContext, from: AppInstance): Promise<unknown>;
  /** Hands the context that the app was opened with to its context listeners. Resolves once it has got there. */
  openWith(context: GivenContext, from: AppInstance): Promise<void>;
  hearContext(heard: HeardContext): void;
  /** The other end of a private channel has done something. */
  hearChannelEvent(event: ChannelEvent): void;
  /**
   * The platform has put the app on another user channel.
   *
   * @param current what was shared there last, of the types that the app listens for
   */
  hearUserChannel?(id: string, current: readonly GivenContext[]): void;
}

export interface AppInstance {
  /** The platform makes this id; apps see it as FDC3 `instanceId`. */
  instanceId: string;
  app: AppRecord;
  end: AppEnd;
  /** core-web's connection to it; undefined for an app that has joined by `getAgent()`. */
  identity?: OpenFin.ClientIdentity | undefined;
  /** Shows its page, where that is known. */
  window?: MessageEventSource | undefined;
  intents: Set<string>;
  /** Context type by handler id; undefined takes every type. */
  contextHandlers: Map<string, string | undefined>;
}

/** Keeps instances, and lets callers wait until one appears or becomes able to do something. */
export class AppInstances {
  readonly #all = new Map<string, AppInstance>();
  readonly #byEndpoint = new Map<string, AppInstance>();
  readonly #changed = new EventTarget();

  /** @param known `instanceId`: of an instance that has joined again */
  add(
    app: AppRecord,
    end: AppEnd,
    known: { identity?: OpenFin.ClientIdentity; instanceId?: string | undefined; window?: AppInstance['window'] } = {},
  ): AppInstance {
    const { identity, window, instanceId = crypto.randomUUID() } = known;
    const instance: AppInstance = {
      instanceId,
      app,
      end,
      identity,
      window,
      intents: new Set(),
      contextHandlers: new Map(),
    };
    this.#all.set(instanceId, instance);
    if (identity) this.#byEndpoint.set(identity.endpointId, instance);
    this.notify();
    return instance;
  }

  remove(instance: AppInstance): void {
    // An instance that has joined again has its id.
    if (this.#all.get(instance.instanceId) === instance) this.#all.delete(instance.instanceId);
    if (instance.identity) this.#byEndpoint.delete(instance.identity.endpointId);
    this.notify();
  }

  /** Tells waiting callers to look again, after an instance's listeners changed. */
  notify(): void {
    this.#changed.dispatchEvent(new Event('changed'));
  }

  onChanged(listener: () => void): void {
    this.#changed.addEventListener('changed', listener);
  }

  /** Compares the client too, as an endpoint id alone may be known to other clients. */
  of({ endpointId, uuid, name }: OpenFin.ClientIdentity): AppInstance | undefined {
    const instance = this.#byEndpoint.get(endpointId);
    return instance?.identity?.uuid === uuid && instance.identity.name === name ? instance : undefined;
  }

  /** The instance of a page, whichever of its connections is asked about. */
  ofPage({ uuid, name }: { uuid: string; name: string }): AppInstance | undefined {
    return this.all().find(({ identity }) => identity?.uuid === uuid && identity.name === name);
  }

  /** Newest first: a page that was reloaded replaces its older connection. */
  all(appId?: string): AppInstance[] {
    return [...this.#all.values()].reverse().filter(({ app }) => appId === undefined || app.appId === appId);
  }

  /** The instance that has joined by core-web in a window. */
  ofCoreWebIn(window: object): AppInstance | undefined {
    return this.all().find((one) => one.identity !== undefined && one.window === window);
  }

  /**
   * The first instance of an app that `fits`, now or within the time; undefined when the time is over. Nothing is asked
   * after one has fitted, so that `fits` may take it for its caller.
   */
  waitFor(
    appId: string,
    fits: (instance: AppInstance) => boolean,
    timeoutMs: number,
  ): Promise<AppInstance | undefined> {
    return this.until(() => this.all(appId).find(fits), timeoutMs);
  }

  /** What is found, now or within the time; undefined when the time is over. */
  async until<T>(find: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
    const { promise, resolve } = deferred<T>();
    const look = (): void => {
      const found = find();
      if (found === undefined) return;
      this.#changed.removeEventListener('changed', look);
      resolve(found);
    };
    this.#changed.addEventListener('changed', look);
    look();
    try {
      return await inTime(promise, timeoutMs, () => undefined);
    } finally {
      this.#changed.removeEventListener('changed', look);
    }
  }
}
