import type { OpenFin } from '@openfin/core';
import { describeIntents } from '../../../intents/describeIntents.ts';

type BrokerConstructor = new (...args: never[]) => OpenFin.InteropBroker;

/**
 * An interop override that sends the intents of `describeIntents.ts` to the provider. OpenFin's own broker refuses every
 * intent unless its platform routes them. A view or window is named to the handler by the name the platform gave it.
 */
export function intentsToProvider(provider: OpenFin.Identity) {
  const answered = Object.keys(describeIntents());
  return (Base: BrokerConstructor) =>
    class SalesforceIntentBroker extends (Base as new (...args: unknown[]) => OpenFin.InteropBroker) {
      override async handleFiredIntent(intent: OpenFin.Intent, raiser: OpenFin.ClientIdentity & { entityType: OpenFin.EntityType }): Promise<unknown> {
        if (!answered.includes(intent.name)) throw new Error('NoAppsFound');
        const source = { appId: raiser.name, instanceId: `${raiser.uuid}/${raiser.name}` };
        // OpenFin's FDC3 2.0 client hands `contextMetadata` to the listener as its second argument.
        const context = { ...intent.context, contextMetadata: { source } } as OpenFin.Context;
        await super.setIntentTarget({ ...intent, context }, provider);
        return { source: { appId: provider.uuid, instanceId: `${provider.uuid}/${provider.name}` }, intent: intent.name, version: '2.0' };
      }
    };
}
