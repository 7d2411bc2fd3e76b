import { answerForm, encodedBody, httpMethod } from '../../channel/encodedBody.ts';
import type { RequestBody } from '../../channel/laneBodies.ts';
import { z } from '../../zod.ts';

/** A request to Salesforce as the provider hands it to the token worker. */
export const apiRequest = z.strictObject({
  endpoint: z.string(),
  method: httpMethod,
  headers: z.record(z.string(), z.string()),
  body: encodedBody.optional(),
  includeAuthorization: z.boolean(),
  /** `bytes`: the answer's body unchanged, whatever its type. */
  answerAs: answerForm.optional(),
  /** Milliseconds; the limit of the settings when absent. */
  timeoutMs: z.number().int().positive().optional(),
});
export type ApiRequest = Omit<z.input<typeof apiRequest>, 'body'> & { body?: RequestBody | undefined };
