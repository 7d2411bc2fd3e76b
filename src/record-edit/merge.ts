import { differencesOf, type FieldChanges } from './differences.ts';
import { changedBy, textOf, type EditedField, type RecordState } from './recordState.ts';

export type Side = 'mine' | 'theirs';

/** One field that somebody else has changed since the edit began. Texts are as a person reads them; empty for none. */
export interface MergeRow {
  field: EditedField;
  /** Whether the person has changed it too: then nobody but them can say what is right. */
  isConflict: boolean;
  before: string;
  theirs: string;
  /** What the person has typed; in a field that they have not touched, what it was before. */
  mine: string;
}

/** Two people's changes of one record, until the second has said what is to become of them. */
export interface Merge {
  base: RecordState;
  theirs: RecordState;
  mine: FieldChanges;
  rows: MergeRow[];
  /** What is chosen so far, by field. */
  choices: Readonly<Record<string, Side>>;
  /** Who the other is, where that may be seen. */
  who: string | undefined;
}

interface MergeInput {
  base: RecordState;
  theirs: RecordState;
  mine: FieldChanges;
  fields: readonly EditedField[];
  /** What the person has typed into a field, as they read it. */
  textOfMine: (field: EditedField) => string;
}

/**
 * What the person is to decide. Fields that only the other has changed stay as they are unless the person says
 * otherwise; for a field that both have changed nothing is chosen in advance.
 */
export function mergeOf({ base, theirs, mine, fields, textOfMine }: MergeInput): Merge {
  const names = fields.map(({ name }) => name);
  const { conflicts, theirsOnly } = differencesOf(base, theirs, mine, names);
  const rows = fields
    .filter(({ name }) => conflicts.includes(name) || theirsOnly.includes(name))
    .map((field): MergeRow => {
      const isConflict = conflicts.includes(field.name);
      const before = textOf(base, field);
      return {
        field,
        isConflict,
        before,
        theirs: textOf(theirs, field),
        mine: isConflict ? textOfMine(field) : before,
      };
    });
  const choices = Object.fromEntries(theirsOnly.map((name) => [name, 'theirs' as const]));
  return { base, theirs, mine, rows, choices, who: changedBy(theirs) };
}

export const withChoice = (merge: Merge, field: string, side: Side): Merge => ({
  ...merge,
  choices: { ...merge.choices, [field]: side },
});

/** Fields about which the person has said nothing yet. */
export const undecided = ({ rows, choices }: Merge): string[] =>
  rows.map(({ field }) => field.name).filter((name) => choices[name] === undefined);

/**
 * The edit that is left when all is decided: it begins from the record as it is now, so that only what comes later is a
 * collision again.
 */
export function settled({ base, theirs, mine, rows, choices }: Merge): { base: RecordState; mine: FieldChanges } {
  const changes: Record<string, unknown> = { ...mine };
  for (const { field } of rows) {
    if (choices[field.name] !== 'mine') delete changes[field.name];
    else if (!Object.hasOwn(mine, field.name)) changes[field.name] = base.fields[field.name]?.value ?? null;
  }
  return { base: theirs, mine: changes };
}
