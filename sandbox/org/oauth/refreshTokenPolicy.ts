import { z } from 'zod';

const milliseconds = z.number().int().positive();

/** An app's refresh token policy (Salesforce Help, "Manage OAuth Access Policies for a Connected App"). */
export const refreshTokenPolicySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('until-revoked') }),
  /** The refresh token is over at once; the access token that came with it is not. */
  z.object({ kind: z.literal('expire-immediately') }),
  z.object({ kind: z.literal('expire-if-unused'), milliseconds }),
  /** Counted from the approval: rotation makes the time no longer. */
  z.object({ kind: z.literal('expire-after'), milliseconds }),
]);

export type RefreshTokenPolicy = z.output<typeof refreshTokenPolicySchema>;

/** When a refresh token that is issued or used now ends, in milliseconds of the org's clock; undefined is never. */
export function refreshTokenExpiry(
  policy: RefreshTokenPolicy,
  { now, approvedAt }: { now: number; approvedAt: number },
): number | undefined {
  switch (policy.kind) {
    case 'until-revoked':
      return undefined;
    case 'expire-immediately':
      return now;
    case 'expire-if-unused':
      return now + policy.milliseconds;
    case 'expire-after':
      return approvedAt + policy.milliseconds;
  }
}
