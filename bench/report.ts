import { z } from 'zod';

const perVariant = <T extends z.ZodType>(value: T) => z.object({ ours: value, bare: value, peer: value });
const amount = z.number().min(0);
const range = z.object({ p25: amount, p75: amount });

/** How the org is reached. */
const network = z.object({
  protocol: z.enum(['HTTP/2', 'HTTP/1.1']),
  /** Milliseconds that each answer of the org is later, those to preflights included. */
  latencyMs: amount,
});
export type Network = z.infer<typeof network>;

const work = z.object({
  name: z.string(),
  ...network.shape,
  unit: z.string(),
  /** Medians; null where a variant has no such work. */
  ...perVariant(amount.nullable()).shape,
  oursToBare: amount.nullable(),
  oursToPeer: amount.nullable(),
  /** The middle half of the samples. */
  spread: perVariant(range.nullable()),
  /** Requests that reached the org in one round (median), CORS preflights included. */
  orgRequests: perVariant(amount.nullable()),
});

/** What proof of possession (DPoP) costs: the same reads with bound and with bearer tokens. */
const binding = z.object({
  name: z.string(),
  unit: z.string(),
  dpop: amount,
  bearer: amount,
  dpopToBearer: amount,
  spread: z.object({ dpop: range, bearer: range }),
});

const dayTotals = z.object({
  /** Sign-in windows in which a person had to log in or to allow something. */
  signIns: z.int().min(0),
  /** Sign-in windows, those included that closed without a person. */
  signInWindows: z.int().min(0),
  tokenRequests: z.int().min(0),
  /** Calls that did not end in an answer of the org. */
  failedCalls: z.int().min(0),
  calls: z.int().min(0),
  /** Requests that had reached the org by the end of each hour, CORS preflights and the org's own pages included. */
  requestsByHour: z.array(z.int().min(0)),
});

const heapPoint = z.object({
  rows: z.int().min(0),
  /** What the heap of the app's process holds, garbage collected. */
  megabytes: amount,
});

const intents = z.object({
  intents: z.int().positive(),
  people: z.int().positive(),
  /** Requests that reached the org, CORS preflights included. */
  orgRequests: z.int().min(0),
  /** The same by method and path, ids left out. */
  byPath: z.record(z.string(), z.int().positive()),
  millisecondsEach: amount,
});

const memory = z.object({ apps: z.int().positive(), oneAppMegabytes: amount, allAppsMegabytes: amount, ratio: amount });

const liveEdit = z.object({
  latencyMs: amount,
  /** Apps that had subscribed to the record. */
  apps: z.int().positive(),
  /** From the answer to the edit until the last of them was told. */
  shownMs: amount,
  /** A round trip over the channel. */
  roundTripMs: amount,
  /** A read of the same record from the org. */
  readMs: amount,
});

const liveHour = z.object({
  apps: z.int().positive(),
  /** Milliseconds between two looks. */
  everyMs: amount,
  orgRequests: z.int().positive(),
  /** Requests of as many apps that each ask as often. */
  polling: amount,
});

const timeline = z.object({
  latencyMs: amount,
  /** Milliseconds from the call of `connect()`, medians of several rounds. */
  steps: z.array(z.object({ step: z.string(), atMs: amount })),
});

/** What `npm run bench -- --json FILE` writes. */
export const benchReport = z.object({
  works: z.array(work),
  binding,
  day: z.object({ ours: dayTotals, peer: dayTotals }),
  clientGzipBytes: z.int().positive(),
  peerGzipBytes: z.int().positive(),
  /** The heap of an app that goes through the rows of a query. */
  heap: z.array(heapPoint),
  intents,
  /** Null where the system does not say what a process holds. */
  memory: memory.nullable(),
  live: z.object({ edits: z.array(liveEdit), hour: liveHour }),
  connects: z.object({ first: z.array(timeline), second: z.array(timeline) }),
  machine: z.object({
    cores: z.int().positive(),
    processor: z.string(),
    memoryGigabytes: amount,
    system: z.string(),
    node: z.string(),
    chromium: z.string(),
  }),
  rounds: z.int().positive(),
  /** What has to be known to read the numbers. */
  conditions: z.array(z.string()),
});

export type BenchReport = z.infer<typeof benchReport>;
export type Work = z.infer<typeof work>;
export type Binding = z.infer<typeof binding>;
export type DayTotals = z.infer<typeof dayTotals>;
export type VariantName = keyof Work['orgRequests'];
export type HeapPoint = z.infer<typeof heapPoint>;
export type Intents = z.infer<typeof intents>;
export type Memory = z.infer<typeof memory>;
export type Timeline = z.infer<typeof timeline>;
export type LiveEdit = z.infer<typeof liveEdit>;
export type LiveHour = z.infer<typeof liveHour>;
