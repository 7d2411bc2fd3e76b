import type { ImplementationMetadata } from '@finos/fdc3';
import { appMetadata } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { claimShare } from '../clientShare.ts';
import type { DesktopRouter } from '../router/desktopRouter.ts';
import type { Answers, Asking, WebDesktop } from './answering.ts';
import { channelAnswers } from './channelAnswers.ts';

/** FDC3 2.2, `getInfo`. */
export function implementationMetadata(
  { app, instanceId }: AppInstance,
  { provider }: Pick<WebDesktop, 'provider'>,
): ImplementationMetadata {
  return {
    fdc3Version: '2.2',
    provider: provider.name,
    providerVersion: provider.version,
    optionalFeatures: { OriginatingAppMetadata: true, UserChannelMembershipAPIs: true, DesktopAgentBridging: false },
    appMetadata: { ...appMetadata(app, { instanceId }), instanceId },
  };
}

export function createAnswers(desktop: WebDesktop): Answers {
  const { instances, router } = desktop;
  /** The intent of each listener, by app: an app may have several for one intent. */
  const intentListeners = new WeakMap<AppInstance, Map<string, string>>();

  async function raise(raised: Parameters<DesktopRouter['raise']>[1], { instance, port, requestUuid }: Asking) {
    const intentResolution = await router.raise(instance, raised, (outcome) => {
      const payload = outcome.done
        ? { intentResult: intentResult(outcome.result) }
        : { error: 'IntentHandlerRejected' };
      port.answer('raiseIntentResultRequest', requestUuid, payload);
    });
    return { intentResolution };
  }

  return {
    ...channelAnswers(desktop),
    getInfoRequest: (_, { instance }) => ({ implementationMetadata: implementationMetadata(instance, desktop) }),
    heartbeatAcknowledgementRequest({ heartbeatEventUuid }, { port }) {
      port.hasAcknowledged(heartbeatEventUuid);
      return undefined;
    },

    openRequest: async ({ app, context }, { instance }) => ({
      appIdentifier: await router.open(instance, app, context),
    }),
    findInstancesRequest: ({ app }) => ({ appIdentifiers: router.findInstances(app) }),
    getAppMetadataRequest: ({ app }) => ({ appMetadata: router.metadataOf(app) }),

    findIntentRequest: ({ intent, context, resultType }) => ({
      appIntent: router.findIntent(intent, context, resultType),
    }),
    findIntentsByContextRequest: ({ context, resultType }) => ({
      appIntents: router.findIntentsByContext(context, resultType),
    }),
    raiseIntentRequest: ({ intent, context, app }, asking) => raise({ intent, context, target: app }, asking),
    raiseIntentForContextRequest: ({ context, app }, asking) => raise({ context, target: app }, asking),
    addIntentListenerRequest({ intent }, { instance, afterwards }) {
      const listenerUUID = crypto.randomUUID();
      const own = intentListeners.get(instance) ?? new Map<string, string>();
      claimShare(own, listenerUUID, 'intent listeners');
      intentListeners.set(instance, own.set(listenerUUID, intent));
      instance.intents.add(intent);
      afterwards(() => instances.notify());
      return { listenerUUID };
    },
    intentListenerUnsubscribeRequest({ listenerUUID }, { instance }) {
      const own = intentListeners.get(instance);
      const intent = own?.get(listenerUUID);
      own?.delete(listenerUUID);
      if (intent !== undefined && ![...own!.values()].includes(intent)) instance.intents.delete(intent);
      instances.notify();
      return {};
    },
    intentResultRequest({ intentEventUuid, intentResult: { channel, context } }, { port }) {
      port.settleIntent(intentEventUuid, channel ?? context);
      return {};
    },
  };
}

/** FDC3 2.2, `IntentResult`: a context, a channel, or nothing. Channels have a `type` that no context has. */
function intentResult(result: unknown): object {
  if (result === null || typeof result !== 'object') return {};
  const { type, id } = result as { type?: unknown; id?: unknown };
  if (typeof id === 'string' && ['user', 'app', 'private'].includes(type as string)) return { channel: { type, id } };
  return typeof type === 'string' ? { context: result } : {};
}
