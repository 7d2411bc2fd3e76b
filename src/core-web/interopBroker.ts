/**
 * The platform's interop broker: core-web's own, which refuses intents, with what an FDC3 2.0 platform has to answer
 * itself. A client's identity comes from its ticket, never from its messages.
 */
import { withAdmission } from './broker/admission.ts';
import { withApps } from './broker/apps.ts';
import type { BrokerConstructor, InteropBrokerOptions } from './broker/brokerParts.ts';
import { withContextSharing } from './broker/contextSharing.ts';
import { withIntents } from './broker/intents.ts';
import { withMembership } from './broker/membership.ts';

/** An override for `fin.Interop.init`. Each layer adds one part and leaves the rest to the layer below. */
export function interopBrokerOverride(options: InteropBrokerOptions) {
  return (Base: new (...args: never[]) => InstanceType<BrokerConstructor>) => {
    const layers = [withAdmission, withMembership, withContextSharing, withIntents, withApps] as const;
    const Layered = layers.reduce<BrokerConstructor>((Below, add) => add(Below, options), Base as BrokerConstructor);
    return class SalesforceInteropBroker extends Layered {
      constructor() {
        super();
        options.userChannels.keptBy(this);
        // Writes the channel into the options of a window, which a browser's have none of. Private in core-web's types.
        Object.assign(this, { setCurrentContextGroupInClientOptions: () => Promise.resolve() });
      }
    };
  };
}
