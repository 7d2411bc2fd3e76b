import { z } from '../zod.ts';
import type { SearchedObject } from './mappings.ts';

/** A record as the org answers it, or an element of a feed. */
export type Row = Record<string, unknown> & { Id: string };

const row = z.looseObject({ Id: z.string(), attributes: z.looseObject({ type: z.string() }) });
export const searchAnswer = z.looseObject({ searchRecords: z.array(row) });
export const queryAnswer = z.looseObject({ records: z.array(row) });
export const recentAnswer = z.array(row);
export const feedAnswer = z
  .looseObject({ elements: z.array(z.looseObject({ id: z.string() })) })
  .transform(({ elements }) => elements.map((element): Row => ({ ...element, Id: element.id })));

/** One field of a row, or one below it, as text; empty where there is none, or the person may not see it. */
export function textOf(row: Row, { field, fieldSub }: { field: string; fieldSub?: string | undefined }): string {
  const value = memberOf(row, field);
  const inner = fieldSub === undefined ? value : memberOf(value, fieldSub);
  return typeof inner === 'string'
    ? inner
    : typeof inner === 'number' || typeof inner === 'boolean'
      ? String(inner)
      : '';
}

/** By its name in any case, as Salesforce takes it. A path leads through several. */
function memberOf(value: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((inner, part) => {
    if (typeof inner !== 'object' || inner === null) return undefined;
    const [, found] = Object.entries(inner).find(([key]) => key.toLowerCase() === part.toLowerCase()) ?? [];
    return found;
  }, value);
}

/** A row, and as what it was searched. */
export interface FoundRow {
  object: SearchedObject;
  row: Row;
}

/** Names of the fields to ask for, each once. */
export function fieldsOf({ fields }: SearchedObject): string[] {
  const named = fields.map(({ field, fieldSub }) => (fieldSub === undefined ? field : `${field}.${fieldSub}`));
  return ['Id', ...named].filter(
    (name, at, all) => all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at,
  );
}
