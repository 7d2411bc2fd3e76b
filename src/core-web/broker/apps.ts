import type OpenFin from '@openfin/core';
import { appMetadata } from '../appDirectory.ts';
import { callerOf, type BrokerConstructor, type InteropBrokerOptions } from './brokerParts.ts';

/** What FDC3 says about apps, for those that have joined by core-web. */
export function withApps(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const { router } = options;

  return class extends Base {
    override async fdc3HandleOpen(
      { app, context }: { app: unknown; context?: unknown },
      identity: OpenFin.ClientIdentity,
    ) {
      return router.open(callerOf(options, identity), app, context);
    }

    override async fdc3HandleFindInstances(app: unknown) {
      return router.findInstances(app);
    }

    override async fdc3HandleGetAppMetadata(app: unknown) {
      return router.metadataOf(app);
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
