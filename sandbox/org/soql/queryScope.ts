import type { OrgUser } from '../database/orgUser.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../database/schema/objectDefinition.ts';
import type { OrgSchema } from '../database/schema/orgSchema.ts';
import { visibleRows } from '../database/sharing.ts';
import type { SqlValue } from '../database/sqlEngine.ts';
import type { FromAliases } from './fromAliases.ts';
import { noSuchColumn, noSuchRelationship } from './soqlError.ts';

/** What stays the same for all parts of one query. */
export interface QueryEnvironment {
  schema: OrgSchema;
  user: OrgUser;
  /** The user's settings, which decide what `TODAY` and `THIS_WEEK` mean and how `FORMAT()` writes. */
  timeZone: string;
  locale: string;
  apiVersion: string;
  /** The text, for error blocks. */
  soql: string;
  now: number;
  includeDeleted: boolean;
  aliases: { next: number };
}

/** One table a record may come from. A polymorphic parent has several, of which at most one has a row. */
export interface RowAlternative {
  object: ObjectDefinition;
  alias: string;
}

export interface RowSource {
  alternatives: readonly RowAlternative[];
  /** SQL of the row's id. */
  idSql: string;
  polymorphic: boolean;
}

export interface Column {
  sql: string;
  field: FieldDefinition;
  source: RowSource;
}

/** FROM part of one (sub)query: the root table and the parents joined so far, and its bound values. */
export interface QueryScope {
  environment: QueryEnvironment;
  object: ObjectDefinition;
  root: RowSource;
  alias: string;
  /** Name given with `FROM Contact c`. */
  givenAlias: string | undefined;
  /** Names given to parents behind it, `FROM Contact c, c.Account a`. */
  fromAliases: FromAliases;
  joins: string[];
  sources: Map<string, RowSource>;
  parameters: SqlValue[];
}

/**
 * Child-to-parent steps one path may take (SOQL and SOSL Reference, "Understanding Relationship Query Limitations").
 */
export const MAXIMUM_LEVELS = 5;
/** What can be asked of a parent whose object is not known beforehand. */
const nameFields = [
  'Id',
  'Name',
  'Type',
  'FirstName',
  'LastName',
  'Title',
  'Phone',
  'Email',
  'Username',
  'Alias',
  'IsActive',
];

/** Whether a field, by name in any case, can be asked of a parent that may be one of several objects. */
export function isNameField(name: string): boolean {
  return nameFields.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}

function nextAlias(environment: QueryEnvironment): string {
  environment.aliases.next += 1;
  return `t${environment.aliases.next}`;
}

/**
 * @param options.shared Scope whose statement this one becomes part of (semi-join): they share the list of bound
 * values.
 */
export function createScope(
  environment: QueryEnvironment,
  object: ObjectDefinition,
  givenAlias?: string,
  { shared, fromAliases = new Map() }: { shared?: QueryScope; fromAliases?: FromAliases } = {},
): QueryScope {
  const alias = nextAlias(environment);
  const root: RowSource = { alternatives: [{ object, alias }], idSql: `${alias}."Id"`, polymorphic: false };
  return {
    environment,
    object,
    root,
    alias,
    givenAlias,
    fromAliases,
    joins: [],
    sources: new Map(),
    parameters: shared?.parameters ?? [],
  };
}

/** Adds a value to the statement and returns its placeholder. */
export function bind(scope: QueryScope, value: SqlValue): string {
  scope.parameters.push(value);
  return `?${scope.parameters.length}`;
}

const textTypes: readonly FieldType[] = ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'multipicklist'];

/** A computed text has no collation of its own; columns have theirs from the table. */
function ignoringCase(sql: string, field: FieldDefinition): string {
  return textTypes.includes(field.type) ? `(${sql} COLLATE NOCASE)` : sql;
}

/** SQL of a field of one table. */
export function fieldSql(field: FieldDefinition, alias: string): string {
  return field.sql === undefined
    ? `${alias}."${field.name}"`
    : ignoringCase(field.sql.replaceAll('{row}', alias), field);
}

/** Joins one table of a parent; a row that sharing hides is as good as none. */
export function joinParent(scope: QueryScope, object: ObjectDefinition, foreignKey: string): RowAlternative {
  const alias = nextAlias(scope.environment);
  const visible = visibleRows(object, alias, scope.environment.user);
  scope.joins.push(
    `LEFT JOIN "${object.name}" ${alias} ON ${alias}."Id" = ${foreignKey}${visible ? ` AND ${visible}` : ''}`,
  );
  return { object, alias };
}

/** The parent a relationship name leads to, joined once per path. */
function parentSource(scope: QueryScope, source: RowSource, name: string, key: string, path: string): RowSource {
  const known = scope.sources.get(key);
  if (known) return known;
  const [only] = source.alternatives;
  const field = source.polymorphic
    ? undefined
    : only?.object.fields.find(
        (candidate) => candidate.reference?.relationshipName?.toLowerCase() === name.toLowerCase(),
      );
  if (!field?.reference || !only) throw noSuchRelationship(scope.environment.soql, path, name);
  const foreignKey = fieldSql(field, only.alias);
  const targets = field.reference.to.flatMap((target) => scope.environment.schema.object(target) ?? []);
  const alternatives = targets.map((target) => joinParent(scope, target, foreignKey));
  const ids = alternatives.map((alternative) => `${alternative.alias}."Id"`);
  const idSql = ids.length === 1 ? `${ids[0]}` : `COALESCE(${ids.join(', ')})`;
  const made = { alternatives, idSql, polymorphic: alternatives.length > 1 };
  scope.sources.set(key, made);
  return made;
}

/** SQL of the name of the object that a polymorphic parent's row is of. */
export function typeColumn(source: RowSource): string {
  const cases = source.alternatives.map(({ object, alias }) => `WHEN ${alias}."Id" IS NOT NULL THEN '${object.name}'`);
  return `(CASE ${cases.join(' ')} END)`;
}

/** A field of a parent that may be one of several objects: whichever table has the row gives the value. */
function polymorphicColumn(scope: QueryScope, source: RowSource, name: string, path: string): Column {
  const { schema, soql } = scope.environment;
  const asked = nameFields.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  const found = source.alternatives.flatMap(({ object, alias }) => {
    const field = asked && schema.field(object, asked === 'Name' ? object.nameField : asked === 'Type' ? 'Id' : asked);
    return field ? [{ field, sql: fieldSql(field, alias) }] : [];
  });
  const [first] = found;
  if (!asked || !first) throw noSuchColumn(soql, path, name, 'Name');
  if (asked === 'Type')
    return {
      sql: `(${typeColumn(source)} COLLATE NOCASE)`,
      field: { ...first.field, name: 'Type', type: 'string' },
      source,
    };
  const sql =
    found.length === 1
      ? first.sql
      : ignoringCase(`COALESCE(${found.map((column) => column.sql).join(', ')})`, first.field);
  return { sql, field: { ...first.field, name: asked }, source };
}

/** A field of a source by name, in any case. */
export function columnOf(scope: QueryScope, source: RowSource, name: string, path: string): Column {
  if (source.polymorphic) return polymorphicColumn(scope, source, name, path);
  const [only] = source.alternatives;
  const field = only && scope.environment.schema.field(only.object, name);
  if (!only || !field) throw noSuchColumn(scope.environment.soql, path, name, only?.object.name ?? '');
  return { sql: fieldSql(field, only.alias), field, source };
}

/** Splits `c.Account.Name` into names: an alias in front becomes what it stands for, the object's own name nothing. */
export function splitPath(scope: QueryScope, path: string): string[] {
  const names = path.split('.');
  const first = names[0]?.toLowerCase();
  const joined = names.length > 1 ? scope.fromAliases.get(first ?? '') : undefined;
  if (joined) return [...joined, ...names.slice(1)];
  const isRelationship = scope.object.fields.some(
    (field) => field.reference?.relationshipName?.toLowerCase() === first,
  );
  const isOwn =
    first === scope.givenAlias?.toLowerCase() || (first === scope.object.name.toLowerCase() && !isRelationship);
  return names.length > 1 && isOwn ? names.slice(1) : names;
}

/** The source at the end of a list of relationship names. */
export function sourceAt(scope: QueryScope, relationships: readonly string[], path: string): RowSource {
  if (relationships.length > MAXIMUM_LEVELS)
    throw noSuchRelationship(scope.environment.soql, path, relationships[MAXIMUM_LEVELS] ?? '');
  let source = scope.root;
  let key = '';
  for (const name of relationships) {
    key += `${name.toLowerCase()}.`;
    source = parentSource(scope, source, name, key, path);
  }
  return source;
}

/**
 * Finds the column a field path means and joins its parents.
 *
 * @throws OrgError `INVALID_FIELD` with Salesforce's sentence about unknown columns or relationships.
 */
export function resolvePath(scope: QueryScope, path: string): Column {
  const names = splitPath(scope, path);
  const source = sourceAt(scope, names.slice(0, -1), path);
  return columnOf(scope, source, names.at(-1) ?? '', path);
}

/** Conditions every row of the scope's own table must meet: not deleted, and shared with the user. */
export function rowConditions(scope: QueryScope): string[] {
  const conditions: string[] = [];
  const { environment, object, alias } = scope;
  if (!environment.includeDeleted && environment.schema.field(object, 'IsDeleted'))
    conditions.push(`${alias}."IsDeleted" = 0`);
  const visible = visibleRows(object, alias, environment.user);
  if (visible) conditions.push(visible);
  return conditions;
}
