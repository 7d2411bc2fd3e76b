import { appMetadata, isSingleInstance, type AppRecord } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { contextOrNone, parseOr } from '../context.ts';
import { intentTarget } from '../intentRouting.ts';
import type { RouterOptions } from './routerOptions.ts';

/** One that has not joined has no instance yet. */
interface Opening {
  instance: AppInstance | undefined;
}

/** Instances that one app may have opened and that are there still, or may be. */
const mostOpened = 20;

/** Opens and describes the apps of the directory (FDC3 2.2, `open`, `findInstances`, `getAppMetadata`). */
export function routeApps(options: Pick<RouterOptions, 'directory' | 'instances' | 'openApp' | 'listenerTimeoutMs'>) {
  const { directory, instances, openApp, listenerTimeoutMs } = options;

  const findApp = (appId: string, error: string) => {
    const app = directory.find((record) => record.appId === appId);
    if (!app) throw new Error(error);
    return app;
  };

  /** By the id of the app that has opened them: a page that is loaded again has no share of its own. */
  const openedBy = new Map<string, Set<Opening>>();

  /** @throws Error where the app has opened as many as it may */
  function claimOpening({ app: { appId } }: AppInstance): { opening: Opening; openings: Set<Opening> } {
    const all = instances.all();
    const openings = openedBy.get(appId) ?? new Set();
    openedBy.set(appId, openings);
    for (const opening of openings) if (opening.instance && !all.includes(opening.instance)) openings.delete(opening);
    if (openings.size >= mostOpened) throw new Error('ErrorOnLaunch');
    const opening: Opening = { instance: undefined };
    return { opening, openings: openings.add(opening) };
  }

  /** Instances that an `open` has got already: several may wait for one of the same app. */
  const opened = new WeakSet<AppInstance>();

  /** The instance that an `open` is about: a new one, unless the record says that there is only one. */
  async function openInstance(app: AppRecord): Promise<AppInstance | undefined> {
    // By id, as a page that is loaded again is no new one.
    const before = new Set(instances.all(app.appId).map(({ instanceId }) => instanceId));
    const done = await Promise.resolve(openApp(app, { newInstance: !isSingleInstance(app) })).catch(
      (cause: unknown) => {
        throw new Error('ErrorOnLaunch', { cause });
      },
    );
    return instances.waitFor(
      app.appId,
      (instance) => {
        if (done === 'shown') return true;
        if (before.has(instance.instanceId) || opened.has(instance)) return false;
        opened.add(instance);
        return true;
      },
      listenerTimeoutMs,
    );
  }

  async function openWithin(app: AppRecord, caller: AppInstance): Promise<AppInstance | undefined> {
    const { opening, openings } = claimOpening(caller);
    try {
      const instance = await openInstance(app);
      // One that was there and has been shown.
      if ([...openings].some((one) => one.instance && one.instance === instance)) openings.delete(opening);
      opening.instance = instance;
      return instance;
    } catch (error) {
      openings.delete(opening);
      throw error;
    }
  }

  return {
    async open(caller: AppInstance, app: unknown, context: unknown) {
      const record = findApp(parseOr(intentTarget, app, 'AppNotFound').appId, 'AppNotFound');
      const passed = contextOrNone(context);
      const instance = await openWithin(record, caller);
      const ready = await instances.waitFor(
        record.appId,
        (one) => one === instance && (!passed || handlersFor(one, passed.type).length > 0),
        listenerTimeoutMs,
      );
      if (!instance || !ready) throw new Error('AppTimeout');
      if (passed) await instance.end.openWith(passed, caller);
      return { appId: record.appId, instanceId: instance.instanceId };
    },

    findInstances(app: unknown) {
      const { appId } = findApp(parseOr(intentTarget, app, 'NoAppsFound').appId, 'NoAppsFound');
      return instances.all(appId).map(({ instanceId }) => ({ appId, instanceId }));
    },

    metadataOf(app: unknown) {
      const target = parseOr(intentTarget, app, 'TargetAppUnavailable');
      const record = findApp(target.appId, 'TargetAppUnavailable');
      if (
        target.instanceId !== undefined &&
        !instances.all(record.appId).some(({ instanceId }) => instanceId === target.instanceId)
      ) {
        throw new Error('TargetInstanceUnavailable');
      }
      return appMetadata(record, { instanceId: target.instanceId });
    },
  };
}

/** The context handlers of an app that take this type. */
export const handlersFor = ({ contextHandlers }: AppInstance, type: string): string[] =>
  [...contextHandlers].filter(([, taken]) => taken === undefined || taken === type).map(([handlerId]) => handlerId);
