/** What the provider and its device page say to each other on a BroadcastChannel of their common origin. */
import { z } from '../../zod.ts';

export const deviceChannel = 'salesforce-interop.device-sign-in';

const signInId = z.string().min(1).max(200);

/**
 * All that the page's URL holds. Codes come from the provider alone, so that no other page can make this one show a
 * code of its own.
 */
export const devicePageFragment = z.object({ signInId });

export const toDevicePage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('code'),
    signInId,
    userCode: z.string().regex(/^[A-Za-z0-9-]{4,32}$/),
    verificationUri: z.url({ protocol: /^https?$/ }),
    /** Milliseconds since 1970 by this machine's clock. */
    expiresAt: z.number(),
  }),
  z.object({ kind: z.literal('expired'), signInId }),
  z.object({ kind: z.literal('renewing'), signInId }),
  /** No new code could be had; another may be asked for. */
  z.object({ kind: z.literal('noCode'), signInId, message: z.string() }),
  z.object({ kind: z.literal('over'), signInId, signedIn: z.boolean(), message: z.string() }),
]);
export type ToDevicePage = z.infer<typeof toDevicePage>;

/** `ready`: the page wants to know what to show. */
export const fromDevicePage = z.object({ kind: z.enum(['ready', 'newCode', 'cancel']), signInId });
export type FromDevicePage = z.infer<typeof fromDevicePage>;
