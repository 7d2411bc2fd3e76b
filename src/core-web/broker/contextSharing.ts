import type OpenFin from '@openfin/core';
import {
  callerOf,
  contextSchema,
  parseOr,
  withSource,
  type BrokerConstructor,
  type InteropBrokerOptions,
} from './brokerParts.ts';

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

    override getCurrentContext(payload: { contextType: string }, identity: OpenFin.ClientIdentity) {
      const { contextMetadata: _, ...context } = (super.getCurrentContext(payload, identity) ?? {}) as Record<
        string,
        unknown
      >;
      return ('type' in context ? context : undefined) as OpenFin.Context | undefined;
    }

    override async invokeContextHandler(identity: OpenFin.ClientIdentity, handlerId: string, context: OpenFin.Context) {
      // FDC3: an app does not receive its own broadcasts; core-web's broker would deliver them.
      const { source } = (context as { contextMetadata?: { source?: { instanceId?: string } } }).contextMetadata ?? {};
      if (source?.instanceId !== undefined && source.instanceId === instances.of(identity)?.instanceId) return;
      return super.invokeContextHandler(identity, handlerId, context);
    }
  };
}
