import type { CallContext } from './orgDatabase.ts';
import { OrgError } from './orgError.ts';
import type { ObjectDefinition, StoredRow } from './schema/objectDefinition.ts';
import type { WriterParts } from './writerParts.ts';

/**
 * The standard rules, as far as they compare one field exactly (Salesforce Help, "Standard Contact Duplicate Rule",
 * "Standard Account Matching Rule"). Theirs are fuzzy.
 */
const rules: Readonly<Record<string, { field: string; rule: string; matching: string } | undefined>> = {
  Account: { field: 'Name', rule: 'Standard_Account_Duplicate_Rule', matching: 'Standard_Account_Match_Rule_v1_0' },
  Contact: { field: 'Email', rule: 'Standard_Contact_Duplicate_Rule', matching: 'Standard_Contact_Match_Rule_v1_1' },
};

interface DuplicateMatches {
  ids: readonly string[];
  /** The developer name of the duplicate rule. */
  rule: string;
  allowSave: boolean;
}

/** A duplicate rule that warns has found records; `duplicateResult` stands beside message and code. */
export class DuplicatesDetected extends OrgError {
  readonly duplicateResult: Record<string, unknown>;
  /** The same in short: the rows that were found, by which rule. */
  readonly matches: DuplicateMatches;

  constructor(duplicateResult: Record<string, unknown>, matches: DuplicateMatches) {
    super(400, 'DUPLICATES_DETECTED', 'Use one of these records?', []);
    this.duplicateResult = duplicateResult;
    this.matches = matches;
  }
}

/**
 * Refuses a row that another is the same as, where the org has duplicate rules and the caller does not allow them to be
 * passed by.
 *
 * @param previous The row before it is changed.
 * @throws DuplicatesDetected with the rows that the user may see.
 * @see REST API Developer Guide, "Duplicate Rule Header"; SOAP API Developer Guide, "DuplicateResult", "MatchRecord".
 */
export function checkDuplicates(
  { store, isVisible }: WriterParts,
  object: ObjectDefinition,
  { row, previous }: { row: StoredRow; previous?: StoredRow },
  { user, apiVersion, duplicates }: CallContext,
): void {
  const found = duplicates === 'refuse' ? rules[object.name] : undefined;
  const value = found && row[found.field];
  if (!found || typeof value !== 'string' || value === previous?.[found.field]) return;
  const ids = store
    .idsWhere(object, found.field, value)
    .filter((id) => id !== row['Id'] && isVisible(object, id, user));
  if (ids.length === 0) return;
  const matches = { ids, rule: found.rule, allowSave: true };
  const duplicateResult = {
    allowSave: true,
    duplicateRule: found.rule,
    duplicateRuleEntityType: object.name,
    errorMessage: 'Use one of these records?',
    matchResults: [
      {
        entityType: object.name,
        errors: [],
        matchEngine: 'ExactMatchEngine',
        matchRecords: ids.map((Id) => ({
          additionalInformation: [],
          fieldDiffs: [],
          matchConfidence: 100,
          record: {
            attributes: { type: object.name, url: `/services/data/v${apiVersion}/sobjects/${object.name}/${Id}` },
            Id,
          },
        })),
        rule: found.matching,
        size: ids.length,
        success: true,
      },
    ],
  };
  throw new DuplicatesDetected(duplicateResult, matches);
}

/** Whether a request's `Sforce-Duplicate-Rule-Header` lets duplicates be saved. */
export function duplicatesOf(header: string | undefined): 'refuse' | 'allow' {
  return /allowSave\s*=\s*true/i.test(header ?? '') ? 'allow' : 'refuse';
}
