import { z } from '../zod.ts';
import type { IntentCaller } from './intentServices.ts';

/** Whatever it is that an agent makes its ids of: no white space or control characters, and of bounded length. */
const plainId = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/)
  .optional()
  .catch(undefined);
const text = z.string().min(1).optional().catch(undefined);

/**
 * FDC3 2.2 `ContextMetadata`, which an agent may leave out, with `traceId` of FDC3 3.0. What is not of its form counts
 * as left out.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/ref/Metadata#contextmetadata
 */
const contextMetadata = z
  .looseObject({
    source: z.looseObject({ appId: text, instanceId: text }).optional().catch(undefined),
    traceId: plainId,
  })
  .catch({ source: undefined, traceId: undefined });

/** Who has raised an intent, and on what occasion, as far as the desktop agent says so. */
export function callerOf(metadata: unknown): IntentCaller {
  const { source, traceId } = contextMetadata.parse(metadata);
  return {
    ...(source?.appId && { appId: source.appId }),
    ...(source?.instanceId && { instanceId: source.instanceId }),
    ...(traceId && { traceId }),
  };
}
