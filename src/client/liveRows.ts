import { isPlainObject } from './checks.ts';

/** A row as the REST API returns it. */
export type LiveRow = { readonly Id: string } & Readonly<Record<string, unknown>>;

/** What has become of the rows, each thing once. */
export type Difference =
  | { kind: 'created'; record: LiveRow }
  | { kind: 'updated'; record: LiveRow; changed: readonly string[] }
  | { kind: 'deleted'; id: string }
  | { kind: 'order' };

/** What the provider says of rows. */
export interface RowsNews {
  /** The rows are these, in this order, and no others. */
  isWhole: boolean;
  rows: readonly LiveRow[];
  gone: readonly string[];
}

/** Of an object, as many rows are remembered, so that what is repeated of them is not told again. */
const mostOfObject = 10_000;

interface LiveRowsOptions {
  /** The fields to compare, for targets that name them; otherwise all that a row has. */
  fields?: readonly string[] | undefined;
  /** For an object: rows are remembered to compare with, and are no list. */
  isObject: boolean;
}

/**
 * The rows that a subscriber has been told of. Takes what the provider says, as often as it says it, and finds what is
 * new in it.
 */
export class LiveRows {
  readonly #fields: readonly string[] | undefined;
  readonly #isObject: boolean;
  /** Undefined: known to be gone, which is remembered of an object only. */
  #known = new Map<string, LiveRow | undefined>();

  constructor({ fields, isObject }: LiveRowsOptions) {
    this.#fields = fields;
    this.#isObject = isObject;
  }

  /** The rows as they are, in the order of the query; of an object none. */
  get records(): readonly LiveRow[] {
    return this.#isObject ? [] : [...this.#known.values()].filter((row) => row !== undefined);
  }

  /** @returns the differences: what has gone, then what has come or changed in its order, then whether others moved */
  take({ isWhole, rows, gone }: RowsNews): Difference[] {
    const before = this.#known;
    const after = new Map(isWhole ? [] : before);
    const came: Difference[] = [];
    const isGone = new Set(gone);
    for (const given of rows.filter(({ Id }) => !isGone.has(Id))) {
      const record = frozen(given);
      const known = before.get(record.Id);
      const changed = known && this.#changedFields(known, record);
      if (!changed) came.push({ kind: 'created', record });
      else if (changed.length > 0) came.push({ kind: 'updated', record, changed });
      // What was heard of last is forgotten last.
      if (this.#isObject) after.delete(record.Id);
      after.set(record.Id, changed?.length === 0 ? known : record);
    }
    const left = this.#isObject
      ? gone.filter((id) => !before.has(id) || before.get(id) !== undefined)
      : [...before.keys()].filter((id) => !after.has(id) || isGone.has(id));
    for (const id of gone) {
      after.delete(id);
      if (this.#isObject) after.set(id, undefined);
    }
    if (this.#isObject) for (const id of [...after.keys()].slice(0, -mostOfObject)) after.delete(id);
    this.#known = after;
    const deleted = left.map((id): Difference => ({ kind: 'deleted', id }));
    return [...deleted, ...came, ...(isWhole && hasMoved(before, after) ? [{ kind: 'order' } as const] : [])];
  }

  /** Forgets everything. */
  clear(): void {
    this.#known = new Map();
  }

  #changedFields(before: LiveRow, after: LiveRow): string[] {
    if (!this.#fields) return differences(before, after);
    return this.#fields.filter((field) => !isSame(valueAt(before, field), valueAt(after, field)));
  }
}

/** Whether rows that were there stand in another order among themselves. */
function hasMoved(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): boolean {
  const stayed = [...before.keys()].filter((id) => after.has(id));
  return [...after.keys()].filter((id) => before.has(id)).some((id, index) => id !== stayed[index]);
}

/** Paths of the fields that differ. A lookup that led nowhere, or does now, is named by itself. */
function differences(before: object, after: object, prefix = ''): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter((name) => name !== 'attributes'));
  return [...names].flatMap((name) => {
    const [was, is] = [valueAt(before, name), valueAt(after, name)];
    if (isParent(was) && isParent(is)) return differences(was, is, `${prefix}${name}.`);
    return isSame(was, is) ? [] : [prefix + name];
  });
}

/** A record that a lookup leads to, and not the result of a subquery or a compound value. */
const isParent = (value: unknown): value is object => isPlainObject(value) && 'attributes' in value;

/** Names of fields are written in any case. */
function valueAt(row: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    if (!isPlainObject(value)) return undefined;
    if (name in value) return value[name];
    const lower = name.toLowerCase();
    return Object.entries(value).find(([member]) => member.toLowerCase() === lower)?.[1];
  }, row);
}

/** A field that is not there is empty. Where a row can be found again is no part of what it says. */
function isSame(left: unknown, right: unknown): boolean {
  return text(left) === text(right);
}

function text(value: unknown): string {
  return JSON.stringify(value ?? null, (name, member: unknown) => (name === 'attributes' ? undefined : member));
}

/** Frozen, so that what is compared with later is what was told. */
function frozen(row: LiveRow): LiveRow {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  };
  freeze(row);
  return row;
}
