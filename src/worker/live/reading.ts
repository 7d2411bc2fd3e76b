import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { soqlName, soqlNames } from '../../salesforce/soqlQuoting.ts';
import type { Asked, OrgQueries, Row } from './orgQueries.ts';
import { eachOnce } from './targets.ts';
import { errorCodeOf, troubleOf } from './trouble.ts';
import type { Found, WatchedRows } from './watchedTarget.ts';

/** Ids in one statement: a short one, which may be part of a composite request. */
export const mostIds = 200;

interface Group {
  sObject: string;
  fields: readonly string[];
  byId: Map<string, WatchedRows>;
}

/**
 * Reads records and queries as they are now, all in the same moment. Records of which the same fields are wanted are
 * read by one query, each group by one of its own.
 *
 * @returns for each statement what the org says of each target of it
 */
export function readTargets(
  queries: OrgQueries,
  sessionId: string,
  targets: readonly WatchedRows[],
  how: Asked,
): Promise<[WatchedRows, Outcome<Found>][]>[] {
  const groups = new Map<string, Group>();
  const readings: Promise<[WatchedRows, Outcome<Found>][]>[] = [];
  for (const watched of targets) {
    const { target } = watched;
    if (target.kind === 'record') {
      const { sObject, fields, id } = target;
      const key = JSON.stringify([sObject, fields]);
      const group = groups.get(key) ?? { sObject, fields, byId: new Map<string, WatchedRows>() };
      groups.set(key, group);
      group.byId.set(id, watched);
    } else readings.push(readQuery(queries, sessionId, target.soql, how).then((outcome) => [[watched, outcome]]));
  }
  for (const { sObject, fields, byId } of groups.values()) {
    const ids = [...byId.keys()];
    for (let from = 0; from < ids.length; from += mostIds) {
      const read = readRecords(queries, sessionId, { sObject, fields, ids: ids.slice(from, from + mostIds) }, how);
      readings.push(read.then((outcomes) => outcomes.map(([id, outcome]) => [byId.get(id)!, outcome])));
    }
  }
  return readings;
}

async function readQuery(queries: OrgQueries, sessionId: string, soql: string, how: Asked): Promise<Outcome<Found>> {
  const rows = await queries.query(sessionId, soql, how);
  if (!rows.ok) return rows;
  return rows.data.every((row) => typeof row['Id'] === 'string') ? success({ rows: rows.data, gone: [] }) : withoutIds;
}

const withoutIds = failure(
  'INVALID_PARAMETER',
  'The rows of the query have no Id, by which changes are told: select Id, and no aggregate.',
);

/** Fields of records by their ids, as SOQL. */
export function recordsSoql(sObject: string, fields: readonly string[], ids: readonly string[]): string {
  const names = soqlNames(eachOnce(['Id', ...fields]));
  return `SELECT ${names} FROM ${soqlName(sObject)} WHERE Id IN (${ids.map((id) => `'${id}'`).join(',')})`;
}

/** Fields of any one record, as SOQL: refused as those of all records would be. */
export const anyRecordSoql = (sObject: string, fields: readonly string[]): string =>
  `SELECT ${soqlNames(eachOnce(['Id', ...fields]))} FROM ${soqlName(sObject)} LIMIT 1`;

interface Records {
  sObject: string;
  fields: readonly string[];
  /** Of 18 characters each. */
  ids: readonly string[];
}

async function readRecords(
  queries: OrgQueries,
  sessionId: string,
  records: Records,
  how: Asked,
): Promise<[string, Outcome<Found>][]> {
  const { sObject, fields, ids } = records;
  const outcome = await queries.query(sessionId, recordsSoql(sObject, fields, ids), how);
  if (outcome.ok) {
    const rows = new Map(outcome.data.map((row) => [row['Id'], row] as const));
    return ids.map((id): [string, Outcome<Found>] => {
      const row: Row | undefined = rows.get(id);
      return [id, success(row ? { rows: [row], gone: [] } : { rows: [], gone: [id] })];
    });
  }
  if (ids.length === 1 || troubleOf(outcome.error).does !== 'end' || isOfAll(errorCodeOf(outcome.error.data)))
    return ids.map((id) => [id, outcome]);
  // One id that the org takes for none must not end the others.
  const half = Math.ceil(ids.length / 2);
  const halves = [ids.slice(0, half), ids.slice(half)].map((some) =>
    readRecords(queries, sessionId, { ...records, ids: some }, how),
  );
  return (await Promise.all(halves)).flat();
}

/** Whether a refusal is about the object or its fields, and not about one of the ids. */
const isOfAll = (errorCode: string): boolean => errorCode === 'INVALID_FIELD' || errorCode === 'INVALID_TYPE';
