import type { LiveTarget } from '../../channel/liveMessages.ts';
import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { isAggregateQuery } from '../../salesforce/isAggregateQuery.ts';
import { normalizeRecordId } from '../../salesforce/recordId.ts';
import { isSoqlName } from '../../salesforce/soqlQuoting.ts';

/** A target whose ids and fields are written in one way, so that the same target has the same key. */
export interface KnownTarget {
  readonly key: string;
  readonly target: LiveTarget;
}

/**
 * Brings a target to its one form: ids of 18 characters, each field once.
 *
 * @returns a failure `INVALID_PARAMETER` for an id that is none, a name that cannot stand in SOQL, or a statement that
 *   aggregates
 */
export function knownTarget(asked: LiveTarget): Outcome<KnownTarget> {
  const target = { ...asked };
  if (target.kind === 'record') {
    const id = normalizeRecordId(target.id);
    if (id === undefined) return failure('INVALID_PARAMETER', `target.id: ${target.id} is no id of a record.`);
    target.id = id;
  }
  if (target.kind === 'query')
    return isAggregateQuery(target.soql) ? ofAggregates : success({ target, key: JSON.stringify(target) });
  const wrong = [target.sObject, ...target.fields].find((name) => !isSoqlName(name));
  if (wrong !== undefined)
    return failure('INVALID_PARAMETER', `target: ${wrong} is no API name of an object or path of a field.`);
  target.fields = eachOnce(target.fields);
  return success({ target, key: JSON.stringify(target) });
}

const ofAggregates = failure(
  'INVALID_PARAMETER',
  'target.soql: a query with COUNT(), another aggregate or GROUP BY has no records, of which changes could be told. Subscribe to the records and count them in the app, or to the object and ask again at each change.',
);

/** SOQL refuses a field that is selected twice, in whatever case (MALFORMED_QUERY, "duplicate field selected"). */
export function eachOnce(fields: readonly string[]): string[] {
  const byName = new Map(fields.map((field) => [field.toLowerCase(), field]));
  return [...byName.values()];
}
