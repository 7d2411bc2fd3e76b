import { appMetadata, isSingleInstance, type AppRecord } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { contextOrNone, parseOr } from '../context.ts';
import { intentTarget } from '../intentRouting.ts';
import type { RouterOptions } from './routerOptions.ts';

/** Opens and describes the apps of the directory (FDC3 2.2, `open`, `findInstances`, `getAppMetadata`). */
export function routeApps(options: Pick<RouterOptions, 'directory' | 'instances' | 'openApp' | 'listenerTimeoutMs'>) {
  const { directory, instances, openApp, listenerTimeoutMs } = options;

  const findApp = (appId: string, error: string) => {
    const app = directory.find((record) => record.appId === appId);
    if (!app) throw new Error(error);
    return app;
  };

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

  return {
    async open(caller: AppInstance, app: unknown, context: unknown) {
      const record = findApp(parseOr(intentTarget, app, 'AppNotFound').appId, 'AppNotFound');
      const passed = contextOrNone(context);
      const instance = await openInstance(record);
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
