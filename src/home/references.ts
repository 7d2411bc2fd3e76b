import type { OrgSearch } from './orgSearch.ts';
import { textOf, type FoundRow } from './rows.ts';
import { normalizeRecordId } from '../salesforce/recordId.ts';

/** What stands for an id on a card: by object, field and id, what the record that it names is called. */
export type References = ReadonlyMap<string, string>;

interface Reference {
  type: string;
  field: string;
  fieldSub?: string | undefined;
}

export const referenceKey = ({ type, field, fieldSub }: Reference, id: string): string =>
  [type, field, fieldSub ?? '', normalizeRecordId(id) ?? id].join(' ');

/** Reads what the ids on the cards stand for: one query for each object and field, for all rows together. */
export async function readReferences(
  search: OrgSearch,
  found: readonly FoundRow[],
  signal: AbortSignal,
): Promise<References> {
  const wanted = new Map<string, { reference: Reference; ids: Set<string> }>();
  for (const { object, row } of found)
    for (const field of object.fields) {
      const id = field.reference ? normalizeRecordId(textOf(row, field)) : undefined;
      if (!field.reference || id === undefined) continue;
      const name = [field.reference.type, field.reference.field, field.reference.fieldSub ?? ''].join(' ');
      const one = wanted.get(name) ?? { reference: field.reference, ids: new Set<string>() };
      wanted.set(name, { ...one, ids: one.ids.add(id) });
    }
  const read = await Promise.all(
    [...wanted.values()].map(async ({ reference, ids }) => {
      const { type, field, fieldSub } = reference;
      const path = fieldSub === undefined ? field : `${field}.${fieldSub}`;
      const rows = await search.rowsById(type, ['Id', path], [...ids], signal);
      return rows.map((row) => [referenceKey(reference, row.Id), textOf(row, reference)] as const);
    }),
  );
  return new Map(read.flat());
}
