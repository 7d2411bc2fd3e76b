/** What a test asks the process that holds its orgs and desks, and what it is answered. */
import { z } from 'zod';

/** `what` has to be started, with the options that its command takes: an org's as JSON, a desk's as variables. */
export const startRequest = z.discriminatedUnion('what', [
  z.object({ what: z.literal('org'), options: z.record(z.string(), z.unknown()) }),
  z.object({ what: z.literal('desk'), variables: z.record(z.string(), z.string()) }),
]);
export type StartRequest = z.infer<typeof startRequest>;

/** Where an org is, as its command prints it. */
export const runningOrg = z.object({
  url: z.string(),
  port: z.number(),
  httpsPort: z.number().optional(),
  ssoUrl: z.string().optional(),
});
export type WhereOrgIs = z.infer<typeof runningOrg>;

/** What runs now: its id at the host, and where an org is. */
export const started = z.object({ id: z.string(), org: runningOrg.optional() });
export type Started = z.infer<typeof started>;

/** What has been written while it ran. */
export const written = z.object({ log: z.string() });
