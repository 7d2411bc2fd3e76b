import type OpenFin from '@openfin/core';
import { z } from '../../zod.ts';
import type { AppInstance } from '../appInstances.ts';
import { contextOfAnySize, parseOr } from '../context.ts';
import type { RaisedIntent } from '../router/intents.ts';
import { callerOf, type BrokerConstructor, type InteropBrokerOptions } from './brokerParts.ts';

const intentMetadata = z.looseObject({
  target: z.unknown().optional(),
  intentResolutionResultId: z.string().optional(),
  resultType: z.string().optional(),
});
const firedIntent = z.object({
  name: z.string().min(1),
  context: contextOfAnySize,
  metadata: intentMetadata.nullish(),
});

/** What the raiser learns of a handler that has not done it (FDC3 2.2, `ResultError.IntentHandlerRejected`). */
const rejected = { error: true };

/** Intents of apps that have joined by core-web. */
export function withIntents(Base: BrokerConstructor, options: InteropBrokerOptions) {
  const { bus, router } = options;

  /** The result is published in the platform's own name; an app of FDC3 1.2 names no topic and waits for none. */
  async function raise(raiser: AppInstance, raised: RaisedIntent, topic: string | undefined) {
    const release = topic === undefined ? undefined : bus.reserve(topic);
    try {
      const resolution = await router.raise(raiser, raised, (outcome) => {
        release?.();
        if (topic !== undefined) bus.publish(topic, outcome.done ? outcome.result : rejected);
      });
      return { ...resolution, version: '2.0' };
    } catch (error) {
      release?.();
      throw error;
    }
  }

  return class extends Base {
    override async handleFiredIntent(fired: unknown, identity: OpenFin.ClientIdentity) {
      const { name, context, metadata } = parseOr(firedIntent, fired, 'MalformedContext');
      const raised = { intent: name, context, target: metadata?.target };
      return raise(callerOf(options, identity), raised, metadata?.intentResolutionResultId);
    }

    override async handleFiredIntentForContext(fired: unknown, identity: OpenFin.ClientIdentity) {
      const { metadata, ...context } = parseOr(
        contextOfAnySize.extend({ metadata: intentMetadata.nullish() }),
        fired,
        'MalformedContext',
      );
      const raised = { context, target: metadata?.target };
      return raise(callerOf(options, identity), raised, metadata?.intentResolutionResultId);
    }

    override async handleInfoForIntent(asked: { name: string; context?: unknown; metadata?: unknown }) {
      const { resultType } = intentMetadata.parse(asked.metadata ?? {});
      return router.findIntent(asked.name, asked.context, resultType);
    }

    override async handleInfoForIntentsByContext(asked: object) {
      const wrapped = 'context' in asked ? asked : { context: asked };
      const { resultType } = intentMetadata.parse(('metadata' in wrapped ? wrapped.metadata : undefined) ?? {});
      return router.findIntentsByContext(wrapped.context, resultType);
    }
  };
}
