import type { OpenFin } from '@openfin/core';
import type { UserChannels } from '../../../core-web/channels/userChannels.ts';
import type { Outcome } from '../../../outcomes/failure.ts';
import { describeIntents } from '../../../intents/describeIntents.ts';
import type { MappedLists } from '../../../intents/mappedLists.ts';
import type { AllowedApp } from '../../configuration.ts';

type BrokerConstructor = new (...args: never[]) => OpenFin.InteropBroker;

/**
 * An interop override that sends the intents of `describeIntents.ts` to the provider. OpenFin's own broker refuses
 * every intent unless its platform routes them. The handler gets the `appId` of the configured app that raised the
 * intent, and undefined for any other: the name of a window proves nothing.
 *
 * @param allowedApp decides by the runtime's information which app raised an intent, as for the channel
 * @param lists what `ViewOrders` and `ViewHoldings` are mapped to
 * @param userChannels gets to know where this platform's broker keeps what is shared on its user channels
 */
export function intentsToProvider(
  provider: OpenFin.Identity,
  allowedApp: (raiser: { uuid: string; name: string }) => Promise<Outcome<AllowedApp>>,
  userChannels: Pick<UserChannels, 'keptBy'>,
  lists: MappedLists,
) {
  const answered = Object.keys(describeIntents(lists));
  return (Base: BrokerConstructor) =>
    class SalesforceIntentBroker extends (Base as new (...args: unknown[]) => OpenFin.InteropBroker) {
      constructor(...parts: unknown[]) {
        super(...parts);
        userChannels.keptBy(this);
      }

      override async handleFiredIntent(
        intent: OpenFin.Intent,
        raiser: OpenFin.ClientIdentity & { entityType: OpenFin.EntityType },
      ): Promise<unknown> {
        if (!answered.includes(intent.name)) throw new Error('NoAppsFound');
        const app = await allowedApp(raiser);
        const source = {
          ...(app.ok && app.data.appId !== undefined && { appId: app.data.appId }),
          instanceId: `${raiser.uuid}/${raiser.name}`,
        };
        // OpenFin's FDC3 2.0 client hands `contextMetadata` to the listener as its second argument.
        const contextMetadata = { source, traceId: crypto.randomUUID() };
        const context = { ...intent.context, contextMetadata } as OpenFin.Context;
        await super.setIntentTarget({ ...intent, context }, provider);
        return {
          source: { appId: provider.uuid, instanceId: `${provider.uuid}/${provider.name}` },
          intent: intent.name,
          version: '2.0',
        };
      }
    };
}
