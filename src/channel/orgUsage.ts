import { z } from '../zod.ts';

/** In a file of its own, as the token worker needs its type. */
export const orgUsage = z
  .object({
    orgUrl: z.string(),
    asked: z.number().int().describe('requests that apps have asked for: what they would have used by themselves'),
    sent: z.number().int().describe('requests that were sent for them'),
    used: z.number().int().optional().describe("of the org's API requests of 24 hours, by all who use it"),
    limit: z.number().int().optional().describe('how many the org has'),
    background: z.enum(['normal', 'slowed', 'refused']).describe('how requests are treated that nobody waits for'),
    pausedUntil: z.string().optional().describe('the org wants to be left alone until then'),
    apps: z.array(z.object({ app: z.string(), asked: z.number().int(), sent: z.number().int() })),
  })
  .meta({ id: 'OrgUsage', description: 'What this desktop has used of an org since the provider has started.' });
export type OrgUsage = z.infer<typeof orgUsage>;
