import type OpenFin from '@openfin/core';
import { appMetadata, isSingleInstance, type AppRecord } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { intentTarget } from '../intentRouting.ts';
import { contextOrNone, parseOr, withSource } from '../context.ts';
import { inTime } from '../../time.ts';
import { callerOf, type BrokerConstructor, type InteropBrokerOptions } from './brokerParts.ts';

/** Opens and describes the apps of the directory (FDC3 2.0, `open`, `findInstances`, `getAppMetadata`, `getInfo`). */
export function withApps(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const { directory, instances } = options;

  const findApp = (appId: string, error: string) => {
    const app = directory.find((record) => record.appId === appId);
    if (!app) throw new Error(error);
    return app;
  };

  /** Instances that an `open` has got already: several may wait for one of the same app. */
  const opened = new WeakSet<AppInstance>();

  /** The instance that an `open` is about: a new one, unless the record says that there is only one. */
  async function openInstance(app: AppRecord): Promise<AppInstance | undefined> {
    const before = instances.all(app.appId);
    const { openApp, listenerTimeoutMs } = options;
    const done = await Promise.resolve(openApp(app, { newInstance: !isSingleInstance(app) })).catch(
      (cause: unknown) => {
        throw new Error('ErrorOnLaunch', { cause });
      },
    );
    return instances.waitFor(
      app.appId,
      (instance) => {
        if (done === 'shown') return true;
        if (before.includes(instance) || opened.has(instance)) return false;
        opened.add(instance);
        return true;
      },
      listenerTimeoutMs,
    );
  }

  return class extends Base {
    override async fdc3HandleOpen(
      { app, context }: { app: unknown; context?: unknown },
      identity: OpenFin.ClientIdentity,
    ) {
      const caller = callerOf(options, identity);
      const record = findApp(parseOr(intentTarget, app, 'AppNotFound').appId, 'AppNotFound');
      const passed = contextOrNone(context);
      const listens = (handlerType: string | undefined) => handlerType === undefined || handlerType === passed?.type;
      const instance = await openInstance(record);
      const ready = await instances.waitFor(
        record.appId,
        (one) => one === instance && (!passed || [...one.contextHandlers.values()].some(listens)),
        options.listenerTimeoutMs,
      );
      if (!instance || !ready) throw new Error('AppTimeout');
      for (const [handlerId, handlerType] of passed ? instance.contextHandlers : []) {
        if (passed && listens(handlerType)) {
          // A page that is just going away never says that it has got it.
          await inTime(
            this.invokeContextHandler(instance.identity, handlerId, withSource(passed, caller)),
            options.listenerTimeoutMs,
            () => {
              throw new Error('AppTimeout');
            },
          );
        }
      }
      return { appId: record.appId, instanceId: instance.instanceId };
    }

    override async fdc3HandleFindInstances(app: unknown) {
      const { appId } = findApp(parseOr(intentTarget, app, 'NoAppsFound').appId, 'NoAppsFound');
      return instances.all(appId).map(({ instanceId }) => ({ appId, instanceId }));
    }

    override async fdc3HandleGetAppMetadata(app: unknown) {
      const target = parseOr(intentTarget, app, 'TargetAppUnavailable');
      const record = findApp(target.appId, 'TargetAppUnavailable');
      if (
        target.instanceId !== undefined &&
        !instances.all(record.appId).some(({ instanceId }) => instanceId === target.instanceId)
      ) {
        throw new Error('TargetInstanceUnavailable');
      }
      return appMetadata(record, { instanceId: target.instanceId });
    }

    override async fdc3HandleGetInfo(payload: { fdc3Version: string }, identity: OpenFin.ClientIdentity) {
      const { app, instanceId } = callerOf(options, identity);
      const info = (await super.fdc3HandleGetInfo(payload, identity)) as object;
      return {
        ...info,
        optionalFeatures: { OriginatingAppMetadata: true, UserChannelMembershipAPIs: true },
        appMetadata: appMetadata(app, { instanceId }),
      };
    }
  };
}
