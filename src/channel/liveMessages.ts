/**
 * Live data: what an app subscribes to, and what it is told of it. The provider tells the state of rows, at least once;
 * the client compares it with what it knows and tells its listener each difference, once.
 */
import { rootObject } from '../salesforce/rootObject.ts';
import { z } from '../zod.ts';
import { identifier } from './identifiers.ts';

const sObject = z.string().regex(/^\w{1,80}$/, 'is no API name of an object');
const fields = z
  .array(z.string().regex(/^\w+(\.\w+){0,5}$/, 'is no path of a field'))
  .min(1)
  .max(200);

export const liveTarget = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('record'), sObject, id: z.string().regex(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/), fields })
    .describe('one record'),
  z
    .object({ kind: z.literal('query'), soql: z.string().min(1).max(100_000) })
    .describe('the rows of a SOQL query, which selects `Id`; no aggregates'),
  z.object({ kind: z.literal('sObject'), sObject, fields }).describe('whatever changes among all records of an object'),
]);
export type LiveTarget = z.infer<typeof liveTarget>;

/** The object whose records are meant; undefined for a statement that names none. */
export const objectOf = (target: LiveTarget): string | undefined =>
  target.kind === 'query' ? rootObject(target.soql) : target.sObject;

export const subscribeRequest = z
  .object({
    subscriptionId: identifier.describe('chosen by the app; no other of its page has it'),
    sessionId: identifier.describe('of a session that this app has connected to'),
    target: liveTarget,
    isLookedAt: z.boolean().describe('whether a person can see it at the moment'),
    cursor: z
      .string()
      .max(200)
      .optional()
      .describe('of the last news, from a subscription that was lost: changes since then are told first'),
    mayWait: z
      .boolean()
      .optional()
      .describe(
        'true: the app has just read the data. It is told how rows are with the next look at what is subscribed to, within seconds, for which the org gets no request of its own',
      ),
  })
  .describe('Asks for the data as it is, and for each change from then on.');
export const lookRequest = subscribeRequest
  .pick({ subscriptionId: true, isLookedAt: true })
  .describe('Somebody has begun, or ceased, to look at it.');
export const unsubscribeRequest = subscribeRequest
  .pick({ subscriptionId: true })
  .describe('Nobody listens any more. Nothing comes of it afterwards.');

const row = z.record(z.string(), z.unknown()).describe('as the REST API returns a row; `Id` has 18 characters');

export const liveNews = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('rows'),
        isWhole: z.boolean().describe('true: the target is these rows, in this order, and no others'),
        rows: z.array(row).describe('as they are now; whether they have changed is for the client to see'),
        gone: z.array(identifier).describe('ids that are deleted, or may not be seen any more'),
        asOf: z.number().describe('when the org said so: milliseconds since 1970 of this computer'),
        cursor: z.string().optional().describe('for `subscribe`, after a loss'),
      })
      .describe('what there is to know. Repeated where in doubt'),
    z.object({ kind: z.literal('unchanged'), asOf: z.number() }).describe('asked again: all is as it was told'),
    z
      .object({ kind: z.literal('gap') })
      .describe('of an object: changes may have been missed. Whoever needs all of them reads again'),
    z
      .object({
        kind: z.literal('state'),
        state: z.enum(['live', 'delayed', 'paused', 'signedOut']),
        message: z.string().optional().describe('why, in a sentence for a person'),
        untilMs: z.number().optional().describe('when it is expected to end: milliseconds since 1970'),
      })
      .describe('how well it is kept up to date from now on'),
    z
      .object({ kind: z.literal('ended'), failure: z.unknown().describe('a `Failure`') })
      .describe('the last: the org has refused it'),
  ])
  .describe('What a subscriber is told.');
export type LiveNews = z.infer<typeof liveNews>;

export const liveEvent = z
  .object({ subscriptionId: identifier, news: liveNews })
  .describe('News of a subscription of this page.');
export type LiveEvent = z.infer<typeof liveEvent>;
