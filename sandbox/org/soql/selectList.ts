import type {
  FieldFunctionExpression,
  FieldType as SelectItem,
  FieldTypeOf,
  Query,
} from '@jetstreamapp/soql-parser-js';
import type { AddressParts, FieldDefinition } from '../database/schema/objectDefinition.ts';
import type { SqlValue } from '../database/sqlEngine.ts';
import { isAggregate, parameterExpression, refuseCompound } from './fieldExpression.ts';
import { jsonValue, localizedValue } from './fieldValue.ts';
import { columnOf, fieldSql, joinParent, sourceAt, splitPath, typeColumn } from './queryScope.ts';
import type { QueryScope, RowSource } from './queryScope.ts';
import { objectShape } from './recordShape.ts';
import type { RecordShape, ShapeEntry } from './recordShape.ts';
import { invalidField, malformedQuery, noSuchRelationship, noSuchType } from './soqlError.ts';

/** Compiles a child sub-query of the SELECT list. */
export type CompileChildren = (
  scope: QueryScope,
  subquery: Query & { relationshipName: string },
) => { name: string; entry: ShapeEntry };

/** Columns of the statement and the shape of its records, filled item by item. */
export interface SelectList {
  columns: string[];
  shape: RecordShape;
}

/** A SELECT list with nothing but the id, which every record needs for its URL. */
export function createSelectList(scope: QueryScope): SelectList {
  return { columns: [scope.root.idSql], shape: objectShape(scope.object, 0) };
}

function addColumn(list: SelectList, sql: string): number {
  const known = list.columns.indexOf(sql);
  if (known >= 0) return known;
  list.columns.push(sql);
  return list.columns.length - 1;
}

function addressEntry(
  list: SelectList,
  scope: QueryScope,
  source: RowSource,
  field: FieldDefinition,
  parts: AddressParts,
): ShapeEntry {
  const columns = Object.entries(parts).map(
    ([part, name]) => [part, addColumn(list, columnOf(scope, source, name, name).sql)] as const,
  );
  const index = Object.fromEntries(columns);
  const read = (row: readonly SqlValue[]): unknown => {
    const part = (name: keyof AddressParts): SqlValue => row[index[name] ?? -1] ?? null;
    if (columns.every(([, column]) => row[column] === null)) return null;
    return {
      city: part('city'),
      country: part('country'),
      countryCode: null,
      geocodeAccuracy: part('geocodeAccuracy'),
      latitude: part('latitude'),
      longitude: part('longitude'),
      postalCode: part('postalCode'),
      state: part('state'),
      stateCode: null,
      street: part('street'),
    };
  };
  return { kind: 'value', field, read };
}

function valueEntry(
  list: SelectList,
  scope: QueryScope,
  source: RowSource,
  name: string,
  path: string,
): [string, ShapeEntry] {
  const { sql, field } = columnOf(scope, source, name, path);
  if (field.addressParts) return [field.name, addressEntry(list, scope, source, field, field.addressParts)];
  const index = addColumn(list, sql);
  return [field.name, { kind: 'value', field, read: (row) => jsonValue(field, row[index] ?? null) }];
}

/** A parent found by several objects shows as the pseudo-object `Name`, as Salesforce does it. */
function sourceShape(list: SelectList, source: RowSource): RecordShape {
  const [only] = source.alternatives;
  const idIndex = addColumn(list, source.idSql);
  if (!source.polymorphic && only) return objectShape(only.object, idIndex);
  return { typeName: 'Name', typeIndex: addColumn(list, typeColumn(source)), idIndex, entries: new Map() };
}

/** The shape at the end of a list of relationship names; parents on the way are added in the order of first mention. */
function parentShape(list: SelectList, scope: QueryScope, relationships: readonly string[], path: string): RecordShape {
  let shape = list.shape;
  for (let depth = 1; depth <= relationships.length; depth += 1) {
    const parent = sourceAt(scope, relationships.slice(0, depth - 1), path).alternatives[0];
    const source = sourceAt(scope, relationships.slice(0, depth), path);
    const asked = relationships[depth - 1] ?? '';
    const name =
      parent?.object.fields.find((field) => field.reference?.relationshipName?.toLowerCase() === asked.toLowerCase())
        ?.reference?.relationshipName ?? asked;
    const known = shape.entries.get(name);
    if (known?.kind === 'parent') {
      shape = known.shape;
    } else {
      const made = sourceShape(list, source);
      shape.entries.set(name, { kind: 'parent', shape: made });
      shape = made;
    }
  }
  return shape;
}

function put(scope: QueryScope, shape: RecordShape, name: string, path: string, entry: ShapeEntry): void {
  if (shape.entries.has(name)) throw invalidField(scope.environment.soql, path, `duplicate field selected: ${name}`);
  shape.entries.set(name, entry);
}

/** Adds a field by path, e.g. `Name` or `Account.Owner.Name`. */
export function addField(list: SelectList, scope: QueryScope, path: string): void {
  const names = splitPath(scope, path);
  const relationships = names.slice(0, -1);
  const source = sourceAt(scope, relationships, path);
  const [name, entry] = valueEntry(list, scope, source, names.at(-1) ?? '', path);
  put(scope, parentShape(list, scope, relationships, path), name, path, entry);
}

/** `toLabel(Status)`, `FORMAT(Amount)` and `convertCurrency(Amount)`; the field's name unless an alias is given. */
function addFunction(list: SelectList, scope: QueryScope, call: FieldFunctionExpression): void {
  const name = call.functionName.toUpperCase();
  if (isAggregate(call)) throw malformedQuery('Only root queries support aggregate expressions');
  if (!['TOLABEL', 'FORMAT', 'CONVERTCURRENCY'].includes(name)) {
    throw malformedQuery(`Function ${call.functionName} can only be used with GROUP BY or in a WHERE clause`);
  }
  const expression = parameterExpression(scope, call.parameters[0]);
  refuseCompound(scope, expression, call.functionName);
  const { sql, field, path } = expression;
  const index = addColumn(list, sql);
  const { locale, timeZone } = scope.environment;
  const shown = name === 'FORMAT' ? localizedValue : jsonValue;
  const relationships = call.alias ? [] : splitPath(scope, path).slice(0, -1);
  const entry: ShapeEntry = { kind: 'value', field, read: (row) => shown(field, row[index] ?? null, locale, timeZone) };
  put(scope, parentShape(list, scope, relationships, path), call.alias ?? field.name, path, entry);
}

function isCustomAs(field: FieldDefinition, group: string): boolean {
  return group === 'ALL' || field.custom === (group === 'CUSTOM');
}

/** `FIELDS(ALL|STANDARD|CUSTOM)`; custom fields can be many, so Salesforce wants a limit with them. */
function addFieldGroup(
  list: SelectList,
  scope: QueryScope,
  call: FieldFunctionExpression,
  limit: number | undefined,
): void {
  const group = String(call.parameters[0]).toUpperCase();
  if (!['ALL', 'STANDARD', 'CUSTOM'].includes(group))
    throw malformedQuery(`unexpected token: '${String(call.parameters[0])}'`);
  if (group !== 'STANDARD' && (limit === undefined || limit > 200)) {
    throw malformedQuery('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  for (const field of scope.object.fields.filter((candidate) => isCustomAs(candidate, group))) {
    if (!list.shape.entries.has(field.name)) addField(list, scope, field.name);
  }
}

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`: one table per WHEN, the shared name fields for ELSE. */
function addTypeOf(list: SelectList, scope: QueryScope, item: FieldTypeOf): void {
  const { schema, soql } = scope.environment;
  const asked = item.field.toLowerCase();
  const field = scope.object.fields.find((candidate) => candidate.reference?.relationshipName?.toLowerCase() === asked);
  if (!field?.reference || field.reference.to.length < 2) throw noSuchRelationship(soql, item.field, item.field);
  const foreignKey = fieldSql(field, scope.alias);
  const branches = new Map<string, RecordShape>();
  let otherwise: RecordShape | undefined;
  for (const condition of item.conditions) {
    if (condition.type === 'ELSE') {
      const source = sourceAt(scope, [item.field], item.field);
      otherwise = sourceShape(list, source);
      for (const name of condition.fieldList) otherwise.entries.set(...valueEntry(list, scope, source, name, name));
      continue;
    }
    const object = schema.object(condition.objectType ?? '');
    if (!object || !field.reference.to.includes(object.name)) throw noSuchType(soql, condition.objectType ?? '');
    const alternative = joinParent(scope, object, foreignKey);
    const source: RowSource = { alternatives: [alternative], idSql: `${alternative.alias}."Id"`, polymorphic: false };
    const shape = sourceShape(list, source);
    for (const name of condition.fieldList) shape.entries.set(...valueEntry(list, scope, source, name, name));
    branches.set(object.name, shape);
  }
  const idIndex = addColumn(list, foreignKey);
  put(scope, list.shape, field.reference.relationshipName ?? item.field, item.field, {
    kind: 'typeOf',
    idIndex,
    branches,
    otherwise,
  });
}

/** Adds one item of the SELECT list. */
export function addSelectItem(
  list: SelectList,
  scope: QueryScope,
  item: SelectItem,
  limit: number | undefined,
  compileChildren: CompileChildren,
): void {
  switch (item.type) {
    case 'Field':
    case 'FieldRelationship':
      if ('alias' in item && item.alias) throw malformedQuery('only aggregate expressions use field aliasing');
      addField(list, scope, item.type === 'Field' ? item.field : [...item.relationships, item.field].join('.'));
      break;
    case 'FieldFunctionExpression':
      if (item.functionName.toUpperCase() === 'FIELDS') addFieldGroup(list, scope, item, limit);
      else addFunction(list, scope, item);
      break;
    case 'FieldSubquery': {
      const { name, entry } = compileChildren(scope, item.subquery);
      put(scope, list.shape, name, item.subquery.relationshipName, entry);
      break;
    }
    case 'FieldTypeof':
      addTypeOf(list, scope, item);
  }
}
