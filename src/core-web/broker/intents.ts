import type OpenFin from '@openfin/core';
import { z } from '../../zod.ts';
import { appMetadata } from '../appDirectory.ts';
import type { AppInstance } from '../appInstances.ts';
import { intentChoices, routeIntent } from '../intentRouting.ts';
import { contextOrNone, contextSchema, parseOr, sourceOf, withSource, type GivenContext } from '../context.ts';
import {
  callerOf,
  intentMetadata,
  type Broker,
  type BrokerConstructor,
  type InteropBrokerOptions,
} from './brokerParts.ts';
import { IntentResults } from './intentResults.ts';

/** core-web's broker has the channel in a private member. */
interface BrokerChannel {
  getProvider(): Promise<OpenFin.ChannelProvider>;
}

const firedIntent = z.object({ name: z.string().min(1), context: contextSchema, metadata: intentMetadata.nullish() });

interface FiredIntent {
  intent?: string;
  context: GivenContext;
  metadata: z.infer<typeof intentMetadata> | null | undefined;
}

/** Routes intents to apps that the directory names or that listen, and delivers the results. */
export function withIntents(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const results = new IntentResults(options);

  async function deliver(broker: Broker, fired: FiredIntent, raiser: AppInstance) {
    const { context, metadata } = fired;
    const wanted = { contextType: context.type, ...(fired.intent === undefined ? {} : { intent: fired.intent }) };
    const { intent, instance } = await routeIntent(options, wanted, metadata?.target);
    const delivered = { name: intent, context: withSource(context, raiser), metadata: metadata ?? {} };
    // Not awaited, as `raiseIntent` resolves once an app was chosen, and `getResult()` waits for the handler. The
    // handler is called directly, as core-web's `setIntentTarget` delivers only the last of several waiting intents,
    // and its `invokeIntentHandler` drops the result.
    const provider = await (broker as unknown as BrokerChannel).getProvider();
    results.bring(provider.dispatch(instance.identity, `intent-handler-${intent}`, delivered), {
      intent,
      raiser,
      handler: instance,
      topic: metadata?.intentResolutionResultId,
    });
    return { source: sourceOf(instance), intent, version: '2.0' };
  }

  return class extends Base {
    override async clientDisconnected(identity: OpenFin.ClientIdentity): Promise<void> {
      const gone = options.instances.of(identity);
      await super.clientDisconnected(identity);
      if (gone) results.handlerGone(gone);
    }

    override async handleFiredIntent(fired: unknown, identity: OpenFin.ClientIdentity) {
      const { name, context, metadata } = parseOr(firedIntent, fired, 'MalformedContext');
      return deliver(this, { intent: name, context, metadata }, callerOf(options, identity));
    }

    override async handleFiredIntentForContext(fired: unknown, identity: OpenFin.ClientIdentity) {
      const { metadata, ...context } = parseOr(
        contextSchema.extend({ metadata: intentMetadata.nullish() }),
        fired,
        'MalformedContext',
      );
      return deliver(this, { context, metadata }, callerOf(options, identity));
    }

    override async handleInfoForIntent(asked: { name: string; context?: unknown; metadata?: unknown }) {
      const context = contextOrNone(asked.context);
      const { resultType } = intentMetadata.parse(asked.metadata ?? {});
      const [found] = appIntents(options, { intent: asked.name, contextType: context?.type, resultType });
      return found;
    }

    override async handleInfoForIntentsByContext(asked: object) {
      const wrapped = 'context' in asked ? asked : { context: asked };
      const { type } = parseOr(contextSchema, wrapped.context, 'MalformedContext');
      const { resultType } = intentMetadata.parse(('metadata' in wrapped ? wrapped.metadata : undefined) ?? {});
      return appIntents(options, { contextType: type, resultType });
    }
  };
}

/** The FDC3 `AppIntent`s of a request: each intent with its apps and their instances that listen. */
function appIntents(options: InteropBrokerOptions, wanted: Parameters<typeof intentChoices>[1]) {
  const choices = intentChoices(options, wanted);
  if (choices.length === 0) throw new Error('NoAppsFound');
  return [...new Set(choices.map(({ intent }) => intent))].map((intent) => {
    const able = choices.filter((choice) => choice.intent === intent);
    return {
      intent: { name: intent, displayName: able.find(({ displayName }) => displayName)?.displayName ?? intent },
      apps: able.flatMap(({ app, resultType }) => [
        appMetadata(app, { resultType }),
        ...options.instances
          .all(app.appId)
          .filter(({ intents }) => intents.has(intent))
          .map(({ instanceId }) => appMetadata(app, { instanceId, resultType })),
      ]),
    };
  });
}
