import type OpenFin from '@openfin/core';
import { contextSchema, parseOr, withoutSource, withSource, type GivenContext } from '../context.ts';
import { callerOf, type BrokerConstructor, type InteropBrokerOptions } from './brokerParts.ts';

/** The instance that the platform has named as a context's source. */
const sourceIdOf = (context: object): string | undefined =>
  (context as { contextMetadata?: { source?: { instanceId?: string } } }).contextMetadata?.source?.instanceId;

/**
 * Adds to each shared context the app that it comes from, as the platform knows it, and does not deliver it back to
 * that app.
 */
export function withContextSharing(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const { instances } = options;

  return class extends Base {
    override setContext(payload: { context: OpenFin.Context }, identity: OpenFin.ClientIdentity) {
      const context = parseOr(contextSchema, payload.context, 'MalformedContext');
      return super.setContext({ context: withSource(context, callerOf(options, identity)) }, identity);
    }

    override setContextForGroup(payload: { context: OpenFin.Context }, group: string) {
      super.setContextForGroup(payload, group);
      const from = instances.all().find(({ instanceId }) => instanceId === sourceIdOf(payload.context));
      if (from) options.channels.deliver(group, withoutSource(payload.context as GivenContext), from);
    }

    override getCurrentContext(payload: { contextType: string }, identity: OpenFin.ClientIdentity) {
      const context = super.getCurrentContext(payload, identity) as GivenContext | undefined;
      return context && (withoutSource(context) as OpenFin.Context);
    }

    override async invokeContextHandler(identity: OpenFin.ClientIdentity, handlerId: string, context: OpenFin.Context) {
      // FDC3: an app does not receive its own broadcasts; core-web's broker would deliver them.
      const source = sourceIdOf(context);
      if (source !== undefined && source === instances.of(identity)?.instanceId) return;
      return super.invokeContextHandler(identity, handlerId, context);
    }
  };
}
