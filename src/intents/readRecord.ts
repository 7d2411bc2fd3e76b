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
/** User Interface API guide, "Get a Record" and "Get Object Metadata". */
const uiRecord = z.looseObject({ apiName: z.string(), id: z.string(), fields: z.record(z.string(), fieldValue) });
const objectInfo = z.looseObject({ nameFields: z.array(z.string()) });

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
  session: IntentSession,
  id: string,
): Promise<AnyRow | undefined> {
  const answer = await services.request(session.sessionId, apiPaths.uiRecordOfLayout(id, 'View'));
  if (!answer.ok) {
    if (answer.error.code === 'REQUEST_FAILED' && notToBeHad.includes(answer.error.status)) return undefined;
    throw intentErrorOf(answer.error);
  }
  const { data: record } = uiRecord.safeParse(answer.data);
  if (record === undefined) return undefined;
  const textOf = (name: string): unknown => record.fields[name]?.displayValue ?? record.fields[name]?.value;
  const names = isText(textOf('Name')) ? ['Name'] : await nameFieldsOf(services, session, record.apiName);
  return { Id: record.id, Name: names.map(textOf).find(isText) ?? record.id, object: record.apiName };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Which fields name the records of an object without names, such as the subject of a task. */
async function nameFieldsOf(services: IntentServices, session: IntentSession, type: string): Promise<string[]> {
  const answer = await services.request(session.sessionId, apiPaths.objectInfo(type));
  return (answer.ok && objectInfo.safeParse(answer.data).data?.nameFields) || [];
}
