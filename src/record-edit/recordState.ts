import { z } from '../zod.ts';
import type { SalesforceConnection } from '../client/connection.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { systemClock, type EditClock } from './editClock.ts';

/** The part of a Salesforce connection that an edit uses. */
export type EditApi = Pick<SalesforceConnection, 'executeApiRequest'>;

/** A person is waiting. */
export const editTimeoutMs = 30_000;

/** A field that can be edited. */
export interface EditedField {
  /** API name. */
  name: string;
  label: string;
  /** Of a lookup: by which relationship the name of the other record is reached. */
  relationshipName?: string | undefined;
}

const representation = z.looseObject({
  apiName: z.string(),
  id: z.string(),
  fields: z.record(z.string(), z.looseObject({ displayValue: z.string().nullish(), value: z.unknown() })),
  lastModifiedDate: z.string().nullish(),
  systemModstamp: z.string().nullish(),
  weakEtag: z.number().nullish(),
});

/** A record as it was at one moment, as far as it is edited. */
export interface RecordState {
  type: string;
  id: string;
  /** As the User Interface API gives them. What this person may not see is missing. */
  fields: Readonly<Record<string, { displayValue?: string | null | undefined; value?: unknown }>>;
  lastModifiedDate?: string | null | undefined;
  systemModstamp?: string | null | undefined;
  /** Larger means newer; 0 or nothing where the object has none (User Interface API guide, "Record"). */
  weakEtag?: number | null | undefined;
  /** When the answer had arrived, by the {@link EditClock}. */
  readAt: number;
}

/** Whether both are the same version of a record, by all that both say of it. */
export function isSameVersion(left: RecordState, right: RecordState): boolean {
  const isSameTime = (a: string | null | undefined, b: string | null | undefined): boolean | undefined =>
    a && b ? Date.parse(a) === Date.parse(b) : undefined;
  const evidence = [
    left.weakEtag && right.weakEtag ? left.weakEtag === right.weakEtag : undefined,
    isSameTime(left.systemModstamp, right.systemModstamp),
    isSameTime(left.lastModifiedDate, right.lastModifiedDate),
  ].filter((same) => same !== undefined);
  return evidence.length > 0 && evidence.every(Boolean);
}

/** Who changed the record last; undefined where that may not be seen. */
export function changedBy({ fields }: RecordState): string | undefined {
  const who = fields['LastModifiedBy']?.displayValue;
  return who ? who : undefined;
}

/** What a person reads as a field's value; empty for none. */
export function textOf(state: RecordState, { name, relationshipName }: EditedField): string {
  const related = relationshipName === undefined ? undefined : state.fields[relationshipName]?.displayValue;
  const { displayValue, value } = state.fields[name] ?? {};
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === null || value === undefined) return '';
  return related ?? displayValue ?? (typeof value === 'string' ? value : JSON.stringify(value));
}

/**
 * Takes over a record of the User Interface API.
 *
 * @returns undefined when this is none.
 */
export function recordStateOf(answer: unknown, clock: EditClock = systemClock): RecordState | undefined {
  const parsed = representation.safeParse(answer);
  if (!parsed.success) return undefined;
  const { apiName, id, fields, lastModifiedDate, systemModstamp, weakEtag } = parsed.data;
  return { type: apiName, id, fields, lastModifiedDate, systemModstamp, weakEtag, readAt: clock.now() };
}

/** The paths of what is read of a record: its fields, the names behind its lookups, and who changed it last. */
export function pathsOf(type: string, fields: readonly EditedField[]): string[] {
  const names = fields.flatMap(({ name, relationshipName }) =>
    relationshipName === undefined ? [name] : [name, `${relationshipName}.Name`],
  );
  return [...names, 'LastModifiedBy.Name'].map((name) => `${type}.${name}`);
}

interface ReadOptions {
  signal?: AbortSignal | undefined;
  clock?: EditClock | undefined;
}

/**
 * Reads a record as it is now, from the org and from no copy. Fields that this person may not see are left out.
 *
 * @throws ApiRequestError as the client does; Error for an answer that holds no record.
 * @see User Interface API guide, "Get a Record", `optionalFields`
 */
export async function readRecordState(
  api: EditApi,
  { type, id, fields }: { type: string; id: string; fields: readonly EditedField[] },
  { signal, clock }: ReadOptions = {},
): Promise<RecordState> {
  const options = { timeout: editTimeoutMs, maxAge: 0, signal };
  const path = apiPaths.uiRecord(id, pathsOf(type, fields));
  const { data } = await api.executeApiRequest(path, 'GET', undefined, undefined, true, options);
  const state = recordStateOf(data, clock);
  if (state === undefined) throw new Error('Salesforce answered without this record.');
  return state;
}
