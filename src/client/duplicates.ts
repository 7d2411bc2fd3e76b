import { ApiRequestError, type DuplicateResult } from './errors.ts';

/** A record that a duplicate rule has found. */
export interface DuplicateMatch {
  /** Of the record; undefined for one that the person may not see. */
  id: string | undefined;
  type: string | undefined;
  /** API name of the matching rule. */
  rule: string | undefined;
  /** 0 to 100. */
  confidence: number | undefined;
  /** Whether `allowDuplicates` would save all the same. */
  allowSave: boolean;
}

/**
 * The records that a duplicate rule has found: of an error of `record`, or of a result of `records` that is no success.
 * Empty where something else was wrong.
 *
 * @see SOAP API Developer Guide, "DuplicateResult" and "MatchRecord"; REST API Developer Guide, "Duplicate Rule Header"
 * @example
 * ```ts
 * try {
 *   await record(salesforce, 'Contact').create({ LastName: 'Lovelace', Email: email });
 * } catch (error) {
 *   for (const { id } of duplicatesOf(error)) console.log('is there already:', id);
 * }
 * ```
 */
export function duplicatesOf(failed: unknown): DuplicateMatch[] {
  const isResult = typeof failed === 'object' && failed !== null && 'errors' in failed;
  const faults = failed instanceof ApiRequestError || isResult ? (failed as { errors: unknown }).errors : [];
  return listOf(faults as readonly { duplicateResult?: DuplicateResult }[]).flatMap(({ duplicateResult: found }) =>
    listOf(found?.matchResults).flatMap(({ entityType, rule, matchRecords }) =>
      listOf(matchRecords).map(({ record, matchConfidence }) => ({
        id: record?.Id,
        type: record?.attributes?.type ?? entityType,
        rule,
        confidence: matchConfidence,
        allowSave: found?.allowSave === true,
      })),
    ),
  );
}

function listOf<T extends object>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}
