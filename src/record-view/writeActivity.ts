import { ApiRequestError } from '../client/errors.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { joinConditions, soql, soqlName, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import { callApi, REQUEST_TIMEOUT_MS, type RecordApi, type WritingApi } from './recordApi.ts';

export type ActivityObject = 'Task' | 'Event';

/** A task or event as it is written. */
export interface ActivityValues {
  object: ActivityObject;
  values: Readonly<Record<string, unknown>>;
  /** Other contacts that it is linked to. */
  alsoWith: readonly string[];
  externalId?: { field: string; value: string } | undefined;
}

const saved = z.looseObject({ id: z.string() });
const compositeAnswer = z.looseObject({
  compositeResponse: z.array(z.looseObject({ httpStatusCode: z.number(), body: z.unknown() })),
});
const savedList = z.array(
  z.looseObject({ success: z.boolean(), errors: z.array(z.looseObject({ message: z.string() })).default([]) }),
);
const halted = z.array(z.looseObject({ errorCode: z.literal('PROCESSING_HALTED') })).nonempty();

/** Salesforce would take it for a reference to another part of a composite request, and has no escape for it. */
const holdsReference = (values: unknown): boolean => JSON.stringify(values).includes('@{');

/** Whether these values can be written together with links to several contacts. */
export const canBeLinked = (values: Readonly<Record<string, unknown>>): boolean => !holdsReference(values);

/**
 * Writes a task or event, with its links to several contacts, all or nothing. With an external id Salesforce itself
 * sees to it that there is one record.
 *
 * @returns The record's id.
 * @throws ApiRequestError; one without a status says nothing of whether it was written.
 * @see REST API Developer Guide, "Composite"; Object Reference, "TaskRelation" and "EventRelation"
 */
export async function writeActivity(api: RecordApi, activity: ActivityValues, signal?: AbortSignal): Promise<string> {
  const { object, values, alsoWith, externalId } = activity;
  const method = externalId ? 'PATCH' : 'POST';
  const path = externalId ? apiPaths.externalId(object, externalId.field, externalId.value) : apiPaths.sobject(object);
  if (alsoWith.length === 0) {
    const options = { timeout: REQUEST_TIMEOUT_MS, signal };
    return saved.parse((await api.executeApiRequest(path, method, values, undefined, true, options)).data).id;
  }
  const records = alsoWith.map((id) => ({
    attributes: { type: `${object}Relation` },
    [`${object}Id`]: '@{activity.id}',
    RelationId: id,
    IsWhat: false,
    ...(object === 'Event' && { IsParent: true, IsInvitee: false }),
  }));
  const body = {
    allOrNone: true,
    compositeRequest: [
      { method, url: path, referenceId: 'activity', body: values },
      { method: 'POST', url: apiPaths.collection(), referenceId: 'people', body: { allOrNone: true, records } },
    ],
  };
  const { compositeResponse } = compositeAnswer.parse(await callApi(api, apiPaths.composite(), { body, signal }));
  const failed = compositeResponse.find((part) => isFailed(part) && !halted.safeParse(part.body).success);
  if (failed) throw refusalOf(failed);
  return saved.parse(compositeResponse[0]?.body).id;
}

interface Part {
  httpStatusCode: number;
  body?: unknown;
}

function isFailed({ httpStatusCode, body }: Part): boolean {
  return httpStatusCode >= 300 || (savedList.safeParse(body).data ?? []).some(({ success }) => !success);
}

/** The refusal of a part, as if it had been asked for alone. */
function refusalOf({ httpStatusCode, body }: Part): ApiRequestError {
  const list = savedList.safeParse(body).data;
  const data = list ? list.flatMap(({ errors }) => errors.map(({ message }) => ({ message }))) : body;
  return new ApiRequestError('Salesforce refused it.', httpStatusCode >= 300 ? httpStatusCode : 400, { data });
}

/** Clocks differ. */
const skewMs = 15 * 60_000;
const foundRows = z.looseObject({ records: z.array(z.looseObject({ Id: z.string() })) });

/**
 * Looks for what was written already: the record that has the external id, whoever wrote it; or what a request without
 * an answer may have made, which is what the person at this page has made since, with the same subject and links.
 *
 * @param since When a request without an answer was sent; undefined where there was none.
 */
export async function findWritten(
  api: WritingApi,
  { object, values, externalId }: ActivityValues,
  since: Date | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!externalId && !since) return undefined;
  const is = (name: string, value: unknown): SoqlText =>
    soql`${soqlName(name)} = ${typeof value === 'string' ? value : null}`;
  const same = ['Subject', 'WhoId', 'WhatId'].map((name) => is(name, values[name]));
  const from = new Date((since?.getTime() ?? 0) - skewMs);
  const condition = externalId
    ? is(externalId.field, externalId.value)
    : soql`CreatedById = ${api.currentUser.Id} AND CreatedDate >= ${from} AND ${joinConditions('AND', same)}`;
  const statement = soql`SELECT Id FROM ${soqlName(object)} WHERE ${condition} ORDER BY CreatedDate DESC LIMIT 1`;
  const { records } = foundRows.parse(await callApi(api, apiPaths.query(statement), { signal, maxAge: 0 }));
  return records[0]?.Id;
}
