import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';

export const method = z
  .string()
  .transform((name) => name.toUpperCase())
  .transform((name) => (name === 'HEAD' ? 'GET' : name))
  .pipe(z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));

const compositeSubrequest = z.object({
  method,
  url: z.string().min(1),
  referenceId: z.string().min(1),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).nullish(),
});
export const compositeSubrequests = z.array(compositeSubrequest).min(1);

/** Body of `POST /composite`. */
export const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  // Grouping of subrequests is an optimization without an outcome of its own.
  collateSubrequests: z.boolean().default(false),
  compositeRequest: compositeSubrequests,
});

export type CompositeSubrequest = z.infer<typeof compositeSubrequest>;

const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9_]*$/;

/** @param what E.g. `25 operations`. */
export function limitExceeded(what: string): OrgError {
  return new OrgError(400, 'LIMIT_EXCEEDED', `The request can’t contain more than ${what}.`);
}

/** Why a list of subrequests cannot run at all; undefined when it can. */
export function referenceIdFault(subrequests: readonly CompositeSubrequest[]): OrgError | undefined {
  const seen = new Set<string>();
  for (const { referenceId } of subrequests) {
    if (!REFERENCE_ID.test(referenceId)) {
      const rule = 'must start with a letter or a number, and it can contain only letters, numbers and underscores';
      return new OrgError(400, 'PROCESSING_HALTED', `Provided referenceId ('${referenceId}') ${rule}`);
    }
    if (seen.has(referenceId)) {
      return new OrgError(400, 'PROCESSING_HALTED', `Provided referenceId ('${referenceId}') is not unique`);
    }
    seen.add(referenceId);
  }
  return undefined;
}
