import { z } from '../../zod.ts';

const milliseconds = z.number().int().nonnegative().max(86_400_000);

const freshForMs = z
  .strictObject({
    records: milliseconds.default(1_000).describe('Of rows and of UI API reads.'),
    queries: milliseconds.default(0).describe('Of queries.'),
    describes: milliseconds
      .default(300_000)
      .describe('Of describes and layouts, which change when an administrator changes the org.'),
  })
  .prefault({});

const share = z.number().min(0).max(1);

const budget = z
  .strictObject({
    enabled: z
      .boolean()
      .default(true)
      .describe('Requests are counted, and held back when the org asks for it or background work may not go on.'),
    slowBackgroundFrom: share
      .default(0.7)
      .describe('From this share on requests of `priority: background` wait two seconds each.'),
    refuseBackgroundFrom: share
      .default(0.9)
      .describe("From this share on they are refused, with the time until when. A person's requests never are."),
  })
  .prefault({});

const live = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Apps can subscribe to data. Off: a subscription is refused.'),
    lookedAtMs: milliseconds
      .min(1_000)
      .default(5_000)
      .describe('Milliseconds between two looks at what somebody looks at.'),
    unseenMs: milliseconds.min(1_000).default(60_000).describe('The same for what nobody looks at.'),
    subscriptionsPerApp: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(100)
      .describe('How many an app may have at a time. More are refused.'),
  })
  .prefault({});
export type LiveSettings = z.output<typeof live>;

/** How requests go to an org: the steps between the door and the org, each of which can be switched off. */
export const pipelineSettings = z
  .strictObject({
    coalescing: z
      .boolean()
      .default(true)
      .describe('Identical reads of a session that are asked for while one is under way become that one.'),
    freshness: z
      .boolean()
      .default(true)
      .describe(
        'Answers to reads are kept, for their session alone, and given again while they count as fresh. Any write through the provider drops all of its org.',
      ),
    freshWhileWatched: z
      .boolean()
      .default(true)
      .describe(
        'A read of single fields of a record (`?fields=`) counts as fresh too while somebody in its session is subscribed to them and looks, and the org has just confirmed them.',
      ),
    freshForMs: freshForMs.describe(
      'Milliseconds for which an answer counts as fresh where the request does not say so (`maxAgeMs`). 0: never.',
    ),
    copiesMegabytes: z
      .number()
      .int()
      .min(1)
      .max(512)
      .default(16)
      .describe('How much is kept, of all sessions together.'),
    batching: z
      .boolean()
      .default(true)
      .describe(
        'Reads of records and queries that are asked for in the same moment become one composite request, which the org counts as one.',
      ),
    batchLoneReads: z
      .boolean()
      .default(true)
      .describe(
        "In a browser, a single record, and a query with a LIMIT of 200 at most, is read by a composite request too: its address is always the same, so that the browser need not ask the org's leave for it (CORS preflight).",
      ),
    retries: z
      .boolean()
      .default(true)
      .describe(
        'Reads that the network or an org that was away for a moment has prevented are sent again, twice at most, within their time.',
      ),
    turns: z
      .boolean()
      .default(true)
      .describe('Requests to an org wait for their turn, one app after another, within `limits`. Off: no bound.'),
    live: live.describe(
      'What apps subscribe to is asked for in one request for all of them, now and then, and at once after a write through the provider.',
    ),
    budget: budget.describe("What is done when much of the org's API requests of 24 hours is used, by whomever."),
  })
  .prefault({});
export type PipelineSettings = z.output<typeof pipelineSettings>;
