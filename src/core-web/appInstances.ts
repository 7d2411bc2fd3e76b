/** The apps that are connected to the platform right now, and what they listen for. */
import type OpenFin from '@openfin/core';
import { deferred } from '../deferred.ts';
import { inTime } from '../time.ts';
import type { AppRecord } from './appDirectory.ts';

export interface AppInstance {
  /** The platform makes this id; apps see it as FDC3 `instanceId`. */
  instanceId: string;
  app: AppRecord;
  identity: OpenFin.ClientIdentity;
  intents: Set<string>;
  /** Context type by handler id; undefined takes every type. */
  contextHandlers: Map<string, string | undefined>;
}

/** Keeps instances by channel endpoint and lets callers wait until one appears or becomes able to do something. */
export class AppInstances {
  readonly #byEndpoint = new Map<string, AppInstance>();
  readonly #changed = new EventTarget();

  add(app: AppRecord, identity: OpenFin.ClientIdentity): void {
    const instanceId = crypto.randomUUID();
    this.#byEndpoint.set(identity.endpointId, {
      instanceId,
      app,
      identity,
      intents: new Set(),
      contextHandlers: new Map(),
    });
    this.notify();
  }

  remove(identity: OpenFin.ClientIdentity): AppInstance | undefined {
    const gone = this.of(identity);
    if (gone) this.#byEndpoint.delete(identity.endpointId);
    this.notify();
    return gone;
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
    return instance?.identity.uuid === uuid && instance.identity.name === name ? instance : undefined;
  }

  /** The instance of a page, whichever of its connections is asked about. */
  ofPage({ uuid, name }: { uuid: string; name: string }): AppInstance | undefined {
    return this.all().find(({ identity }) => identity.uuid === uuid && identity.name === name);
  }

  /** Newest first: a page that was reloaded replaces its older connection. */
  all(appId?: string): AppInstance[] {
    return [...this.#byEndpoint.values()].reverse().filter(({ app }) => appId === undefined || app.appId === appId);
  }

  /**
   * The first instance of an app that `fits`, now or within the time; undefined when the time is over. Nothing is asked
   * after one has fitted, so that `fits` may take it for its caller.
   */
  async waitFor(
    appId: string,
    fits: (instance: AppInstance) => boolean,
    timeoutMs: number,
  ): Promise<AppInstance | undefined> {
    const { promise, resolve } = deferred<AppInstance>();
    const look = (): void => {
      const found = this.all(appId).find(fits);
      if (!found) return;
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
