import { apiPaths } from '../salesforce/apiPaths.ts';
import { z } from '../zod.ts';
import { intentErrorOf } from './intentError.ts';
import type { IntentServices, IntentSession } from './intentServices.ts';

/** A record of any object. */
export interface AnyRow {
  Id: string;
  /** What the object calls a record: its name, subject or number. */
  Name: string;
  /** API name of its object. */
  object: string;
}

const fieldValue = z.looseObject({ displayValue: z.string().nullish(), value: z.unknown() });
/** User Interface API guide, "Get Record Data and Metadata". */
const recordUi = z.looseObject({
  records: z.record(
    z.string(),
    z.looseObject({ apiName: z.string(), id: z.string(), fields: z.record(z.string(), fieldValue) }),
  ),
  objectInfos: z.record(z.string(), z.looseObject({ nameFields: z.array(z.string()).default([]) })),
});

/** Answers that say that there is no such record for this person. */
const notToBeHad: readonly (number | undefined)[] = [403, 404];

/**
 * Reads any record by its id, with the question that the record view asks to show it.
 *
 * @returns The record; undefined where it is not in this org, or this person may not see it.
 * @throws IntentError when the org cannot be asked, or does not show records of this kind, in its own words.
 */
export async function readRecord(
  services: IntentServices,
  { sessionId }: IntentSession,
  id: string,
): Promise<AnyRow | undefined> {
  const answer = await services.request(sessionId, apiPaths.recordUi([id]));
  if (!answer.ok) {
    if (answer.error.code === 'REQUEST_FAILED' && notToBeHad.includes(answer.error.status)) return undefined;
    throw intentErrorOf(answer.error);
  }
  const read = recordUi.safeParse(answer.data);
  const record = read.success ? Object.values(read.data.records)[0] : undefined;
  if (record === undefined) return undefined;
  const { nameFields = [] } = read.data?.objectInfos[record.apiName] ?? {};
  const texts = ['Name', ...nameFields].map((name) => record.fields[name]?.displayValue ?? record.fields[name]?.value);
  const name = texts.find((text): text is string => typeof text === 'string' && text !== '');
  return { Id: record.id, Name: name ?? record.id, object: record.apiName };
}
