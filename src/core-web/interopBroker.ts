/**
 * The platform's interop broker: core-web's own, which refuses intents, plus everything an FDC3 2.0 platform must
 * answer itself. Who a client is comes from its ticket, never from what it says.
 */
import type OpenFin from '@openfin/core';
import { z } from '../zod.ts';
import { appMetadata, appOfOrigin } from './appDirectory.ts';
import type { AppInstance } from './appInstances.ts';
import { claimShare } from './clientShare.ts';
import { intentChoices, intentTarget, routeIntent, type IntentRoutingOptions } from './intentRouting.ts';
import type { TicketOffice } from './platformTickets.ts';
import type { SharedContexts } from './sharedContexts.ts';

type Broker = OpenFin.InteropBroker;
type BrokerConstructor = new (...args: never[]) => Broker;

export interface InteropBrokerOptions extends IntentRoutingOptions {
  tickets: TicketOffice;
  contexts: SharedContexts;
  /** Publishes an intent's outcome when its handler cannot do so itself. */
  publish: (topic: string, message: unknown) => void;
}

const contextSchema = z.looseObject({ type: z.string().min(1) });
const intentMetadata = z.looseObject({
  target: intentTarget.optional(),
  intentResolutionResultId: z.string().optional(),
  resultType: z.string().optional(),
});
const firedIntent = z.object({ name: z.string().min(1), context: contextSchema, metadata: intentMetadata.nullish() });

interface FiredIntent {
  intent?: string;
  context: z.infer<typeof contextSchema>;
  metadata: z.infer<typeof intentMetadata> | null | undefined;
}

function parseOr<T>(schema: z.ZodType<T>, value: unknown, message: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(message);
  return parsed.data;
}

/** An override for `fin.Interop.init`. */
export function interopBrokerOverride(options: InteropBrokerOptions) {
  const { directory, instances, tickets } = options;
  /** Result topics of intents whose handlers still run, by the handling instance. */
  const running = new Map<string, Set<string>>();

  const callerOf = (identity: OpenFin.ClientIdentity): AppInstance => {
    const instance = instances.of(identity);
    if (!instance) throw new Error('This client is not admitted to the platform.');
    return instance;
  };
  /** core-web's own client hands `contextMetadata` to FDC3 2.0 listeners as their second argument. */
  const withSource = (context: z.infer<typeof contextSchema>, { app, instanceId }: AppInstance) =>
    ({ ...context, contextMetadata: { source: { appId: app.appId, instanceId } } }) as OpenFin.Context;
  const findApp = (appId: string, error: string) => {
    const app = directory.find((record) => record.appId === appId);
    if (!app) throw new Error(error);
    return app;
  };
  const appIntents = (wanted: Parameters<typeof intentChoices>[1]) => {
    const choices = intentChoices(options, wanted);
    if (choices.length === 0) throw new Error('NoAppsFound');
    return [...new Set(choices.map(({ intent }) => intent))].map((intent) => ({
      intent: { name: intent, displayName: intent },
      apps: choices.filter((choice) => choice.intent === intent).map(({ app }) => app).flatMap((app) => [
        appMetadata(app),
        ...instances.all(app.appId).filter(({ intents }) => intents.has(intent)).map(({ instanceId }) => appMetadata(app, instanceId)),
      ]),
    }));
  };

  async function deliver(broker: Broker, fired: FiredIntent, caller: AppInstance) {
    const { context, metadata } = fired;
    const wanted = { contextType: context.type, ...(fired.intent === undefined ? {} : { intent: fired.intent }) };
    const { intent, instance } = await routeIntent(options, wanted, metadata?.target);
    const topic = metadata?.intentResolutionResultId;
    if (topic !== undefined) running.set(instance.instanceId, (running.get(instance.instanceId) ?? new Set()).add(topic));
    const delivered = { name: intent, context: withSource(context, caller), metadata: metadata ?? {} } as OpenFin.Intent;
    // Not awaited: raiseIntent resolves when an app was chosen, getResult() waits for the handler. Going straight to
    // the handler also keeps bursts whole; setIntentTarget delivers only the last of several waiting intents.
    broker
      .invokeIntentHandler(instance.identity, `intent-handler-${intent}`, delivered)
      .catch(() => {
        // No handler (any more) or a throwing one. A result the handler published before this one wins.
        if (topic !== undefined) options.publish(topic, { error: true });
      })
      .finally(() => topic !== undefined && running.get(instance.instanceId)?.delete(topic));
    return { source: { appId: instance.app.appId, instanceId: instance.instanceId }, intent, version: '2.0' };
  }

  return (Base: BrokerConstructor) =>
    class SalesforceInteropBroker extends (Base as new (...args: unknown[]) => Broker) {
      // core-web passes three stand-ins that warn at each touch; its own constructor knows what it needs.
      constructor() {
        super();
        options.contexts.keptBy(this);
      }

      override isConnectionAuthorized(identity: OpenFin.ClientIdentity, payload: unknown): boolean {
        const origin = tickets.redeem(payload, identity);
        const app = origin === undefined ? undefined : appOfOrigin(directory, origin);
        if (app) instances.add(app, identity);
        return app !== undefined;
      }

      override isActionAuthorized(_action: string, _payload: unknown, identity: OpenFin.ClientIdentity): boolean {
        return instances.of(identity) !== undefined;
      }

      override async clientDisconnected(identity: OpenFin.ClientIdentity): Promise<void> {
        const gone = instances.remove(identity);
        for (const topic of running.get(gone?.instanceId ?? '') ?? []) options.publish(topic, { error: true });
        running.delete(gone?.instanceId ?? '');
      }

      override async intentHandlerRegistered(payload: { handlerId: string }, identity: OpenFin.ClientIdentity) {
        const instance = callerOf(identity);
        const intent = z.string().parse(payload.handlerId).replace(/^intent-handler-/, '');
        claimShare(instance.intents, intent, 'intent listeners');
        instance.intents.add(intent);
        instances.notify();
      }

      override contextHandlerRegistered(payload: { contextType: string | undefined; handlerId: string }, identity: OpenFin.ClientIdentity) {
        const { contextHandlers } = callerOf(identity);
        claimShare(contextHandlers, payload.handlerId, 'context listeners');
        contextHandlers.set(payload.handlerId, payload.contextType ?? undefined);
        super.contextHandlerRegistered(payload, identity);
        instances.notify();
      }

      override removeContextHandler(payload: { handlerId: string }, identity: OpenFin.ClientIdentity) {
        callerOf(identity).contextHandlers.delete(payload.handlerId);
        super.removeContextHandler(payload, identity);
      }

      override setContext(payload: { context: OpenFin.Context }, identity: OpenFin.ClientIdentity) {
        const context = parseOr(contextSchema, payload.context, 'MalformedContext');
        return super.setContext({ context: withSource(context, callerOf(identity)) }, identity);
      }

      override getCurrentContext(payload: { contextType: string }, identity: OpenFin.ClientIdentity) {
        const { contextMetadata: _, ...context } = (super.getCurrentContext(payload, identity) ?? {}) as Record<string, unknown>;
        return ('type' in context ? context : undefined) as OpenFin.Context | undefined;
      }

      override async invokeContextHandler(identity: OpenFin.ClientIdentity, handlerId: string, context: OpenFin.Context) {
        // FDC3: an app does not receive its own broadcasts; core-web's broker would deliver them.
        const { source } = (context as { contextMetadata?: { source?: { instanceId?: string } } }).contextMetadata ?? {};
        if (source?.instanceId !== undefined && source.instanceId === instances.of(identity)?.instanceId) return;
        return super.invokeContextHandler(identity, handlerId, context);
      }

      override async handleFiredIntent(fired: unknown, identity: OpenFin.ClientIdentity) {
        const { name, context, metadata } = parseOr(firedIntent, fired, 'MalformedContext');
        return deliver(this, { intent: name, context, metadata }, callerOf(identity));
      }

      override async handleFiredIntentForContext(fired: unknown, identity: OpenFin.ClientIdentity) {
        const { metadata, ...context } = parseOr(contextSchema.extend({ metadata: intentMetadata.nullish() }), fired, 'MalformedContext');
        return deliver(this, { context, metadata }, callerOf(identity));
      }

      override async handleInfoForIntent(options: { name: string; context?: unknown; metadata?: unknown }) {
        const context = options.context === undefined || options.context === null ? undefined : parseOr(contextSchema, options.context, 'MalformedContext');
        const { resultType } = intentMetadata.parse(options.metadata ?? {});
        const [found] = appIntents({ intent: options.name, contextType: context?.type, resultType });
        return found;
      }

      override async handleInfoForIntentsByContext(options: object) {
        const wrapped = 'context' in options ? options : { context: options };
        const { type } = parseOr(contextSchema, wrapped.context, 'MalformedContext');
        const { resultType } = intentMetadata.parse(('metadata' in wrapped ? wrapped.metadata : undefined) ?? {});
        return appIntents({ contextType: type, resultType });
      }

      override async fdc3HandleOpen({ app, context }: { app: unknown; context?: unknown }, identity: OpenFin.ClientIdentity) {
        const caller = callerOf(identity);
        const record = findApp(parseOr(intentTarget, app, 'AppNotFound').appId, 'AppNotFound');
        const passed = context === undefined || context === null ? undefined : parseOr(contextSchema, context, 'MalformedContext');
        options.openApp(record);
        const listens = (handlerType: string | undefined) => handlerType === undefined || handlerType === passed?.type;
        const instance = await instances.waitFor(
          record.appId,
          ({ contextHandlers }) => !passed || [...contextHandlers.values()].some(listens),
          options.listenerTimeoutMs,
        );
        if (!instance) throw new Error('AppTimeout');
        for (const [handlerId, handlerType] of passed ? instance.contextHandlers : []) {
          if (passed && listens(handlerType)) {
            await this.invokeContextHandler(instance.identity, handlerId, withSource(passed, caller));
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
        if (target.instanceId !== undefined && !instances.all(record.appId).some(({ instanceId }) => instanceId === target.instanceId)) {
          throw new Error('TargetInstanceUnavailable');
        }
        return appMetadata(record, target.instanceId);
      }

      override async fdc3HandleGetInfo(payload: { fdc3Version: string }, identity: OpenFin.ClientIdentity) {
        const { app, instanceId } = callerOf(identity);
        const info = (await super.fdc3HandleGetInfo(payload, identity)) as object;
        return {
          ...info,
          optionalFeatures: { OriginatingAppMetadata: true, UserChannelMembershipAPIs: true },
          appMetadata: appMetadata(app, instanceId),
        };
      }
    };
}
