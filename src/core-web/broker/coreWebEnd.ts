import type OpenFin from '@openfin/core';
import { inTime } from '../../time.ts';
import type { AppEnd, AppInstance } from '../appInstances.ts';
import { withSource } from '../context.ts';
import { handlersFor } from '../router/apps.ts';
import { callerOf, type Broker, type InteropBrokerOptions } from './brokerParts.ts';

/** core-web's broker has the channel in a private member. */
interface BrokerChannel {
  getProvider(): Promise<OpenFin.ChannelProvider>;
}

/** Reaches an app that has joined by core-web: by its broker, and by the bus for what that does not have. */
export function coreWebEnd(broker: Broker, identity: OpenFin.ClientIdentity, options: InteropBrokerOptions): AppEnd {
  const { bus, listenerTimeoutMs } = options;
  return {
    /**
     * Calls the handler directly: core-web's `setIntentTarget` delivers only the last of several waiting intents, and
     * its `invokeIntentHandler` drops the result.
     */
    async handleIntent(intent, context, from) {
      const delivered = { name: intent, context: withSource(context, from), metadata: {} };
      const provider = await (broker as unknown as BrokerChannel).getProvider();
      return provider.dispatch(identity, `intent-handler-${intent}`, delivered) as Promise<unknown>;
    },

    async openWith(context, from: AppInstance) {
      for (const handlerId of handlersFor(callerOf(options, identity), context.type)) {
        // A page that is just going away never says that it has got it.
        await inTime(
          broker.invokeContextHandler(identity, handlerId, withSource(context, from)),
          listenerTimeoutMs,
          () => {
            throw new Error('AppTimeout');
          },
        );
      }
    },

    hearContext({ listenerIds, context, source }) {
      for (const listenerId of listenerIds) bus.send(identity, 'channelContext', { listenerId, context, source });
    },
    hearChannelEvent: (event) => bus.send(identity, 'channelEvent', event),
    hearUserChannel: (currentChannelId) => bus.send(identity, 'userChannelChanged', { currentChannelId }),
  };
}
