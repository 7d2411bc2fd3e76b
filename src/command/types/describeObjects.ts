import type { Outcome } from '../../outcomes/failure.ts';
import type { z } from '../../zod.ts';
import { CommandRefused } from '../usageError.ts';
import { describedObject, describedOrg, type DescribedObject } from './describedObject.ts';

/** Sends a GET to the org, and gives its body. */
export type AskOrg = (path: string) => Promise<Outcome<unknown>>;

/** Those that the client's own types know. */
const standardObjects = ['Account', 'Campaign', 'Case', 'Contact', 'Event', 'Lead', 'Opportunity', 'Task', 'User'];
/** Objects that are asked for at a time: an org refuses more than 25 long requests. */
const atATime = 5;

/**
 * Reads the descriptions of objects.
 *
 * @param names API names; none: the standard objects that the client knows and all custom objects, as far as the person
 *   sees them
 * @throws {CommandRefused} for an object that the org does not have or the person may not see
 * @see REST API Developer Guide, "Describe Global" and "sObject Describe"
 */
export async function describeObjects(ask: AskOrg, names: readonly string[]): Promise<DescribedObject[]> {
  const all = names.length > 0 ? names : await usualNames(ask);
  const described: DescribedObject[] = [];
  for (let at = 0; at < all.length; at += atATime)
    described.push(...(await Promise.all(all.slice(at, at + atATime).map((name) => describeOne(ask, name)))));
  return described;
}

async function usualNames(ask: AskOrg): Promise<string[]> {
  const { sobjects } = read(describedOrg, await ask('/services/data/vXX.X/sobjects'), 'its objects');
  const seen = new Set(sobjects.map(({ name }) => name));
  const custom = sobjects.filter(({ name, queryable }) => queryable && name.endsWith('__c')).map(({ name }) => name);
  return [...standardObjects.filter((name) => seen.has(name)), ...custom];
}

async function describeOne(ask: AskOrg, name: string): Promise<DescribedObject> {
  const outcome = await ask(`/services/data/vXX.X/sobjects/${name}/describe`);
  if (!outcome.ok && outcome.error.status === 404)
    throw new CommandRefused(`The org has no object ${name}, or this person may not see it.`);
  return read(describedObject, outcome, name);
}

function read<T extends z.ZodType>(schema: T, outcome: Outcome<unknown>, what: string): z.output<T> {
  if (!outcome.ok) throw new CommandRefused(`The org does not describe ${what}: ${outcome.error.message}`);
  const parsed = schema.safeParse(outcome.data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandRefused(
    `The org describes ${what} in another way than is known: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}
