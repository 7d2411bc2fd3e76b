import { OrgError } from '../../database/orgError.ts';
import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import type { OrgSchema } from '../../database/schema/orgSchema.ts';
import { isNameField, MAXIMUM_LEVELS } from '../../soql/queryScope.ts';

/** Fields to show of a record, and of the parents it points at. */
export interface FieldTree {
  object: ObjectDefinition;
  /** What the user who asks sees of the org. */
  schema: OrgSchema;
  fields: Map<string, FieldDefinition>;
  /** By relationship name; `field` is the lookup. */
  parents: Map<string, { field: FieldDefinition; tree: FieldTree }>;
}

/** A tree without fields, to add to. */
export function emptyTree(object: ObjectDefinition, schema: OrgSchema): FieldTree {
  return { object, schema, fields: new Map(), parents: new Map() };
}

/**
 * Adds qualified names such as `Account.Owner.Name` to the tree. Names of other objects are left out: one list serves
 * a batch of records of several objects. A field that is hidden from the user is as one that is not there.
 *
 * @param optional Unknown names are dropped instead of refused.
 * @throws OrgError 400 `INVALID_FIELD`.
 */
export function addFields(tree: FieldTree, names: readonly string[], { optional }: { optional: boolean }): void {
  for (const name of names) {
    const [objectName = '', ...path] = name.split('.');
    const isOther = tree.schema.object(objectName) !== tree.object;
    if (isOther && tree.schema.object(objectName)) continue;
    if (isOther || !addPath(tree, path)) {
      if (!optional) throw new OrgError(400, 'INVALID_FIELD', noSuchColumn(name, tree.object));
    }
  }
}

/** Fields of a layout: a lookup brings its parent's name along, a compound field its parts. */
export function addLayoutFields(tree: FieldTree, names: readonly string[]): void {
  for (const name of names) {
    const field = tree.schema.field(tree.object, name);
    if (!field) continue;
    for (const part of componentsOf(tree, field)) tree.fields.set(part.name, part);
    if (field.reference?.relationshipName) {
      const parent = tree.schema.object(field.reference.to[0] ?? '');
      if (parent) addPath(tree, [field.reference.relationshipName, parent.nameField]);
    }
  }
}

/** A page shows the parts of an address, and the parts of a person's name besides the whole. */
function componentsOf({ object, schema }: FieldTree, field: FieldDefinition): FieldDefinition[] {
  const parts = object.fields.filter((part) => part.compoundFieldName === field.name);
  if (field.addressParts) return parts;
  const nameParts = field.nameField ? ['FirstName', 'LastName', 'Salutation'] : [];
  const persons = nameParts.map((name) => schema.field(object, name)).filter((part) => part !== undefined);
  return [field, ...parts, ...persons];
}

/** The tree as paths for the database, with the system fields each shown record needs. */
export function retrievePaths(tree: FieldTree, prefix = '', lookup?: FieldDefinition): string[] {
  const stamps = lookup && isOfSeveralObjects(lookup) ? [] : ['LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];
  const system = ['Id', tree.object.nameField, ...stamps];
  const own = [...tree.fields.keys(), ...system.filter((name) => tree.schema.field(tree.object, name))];
  const parents = [...tree.parents].flatMap(([name, { field, tree: parent }]) =>
    retrievePaths(parent, `${prefix}${name}.`, field),
  );
  return [...new Set(own.map((name) => prefix + name)), ...parents];
}

/** Of such a parent only what all of them have can be read. */
function isOfSeveralObjects(lookup: FieldDefinition): boolean {
  return (lookup.reference?.to.length ?? 0) > 1;
}

/** @returns False when the path leads nowhere; the tree is then as it was. */
function addPath(tree: FieldTree, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (rest.length > MAXIMUM_LEVELS) return false;
  if (rest.length === 0) {
    const field = tree.schema.field(tree.object, name);
    if (field) tree.fields.set(field.name, field);
    return field !== undefined;
  }
  const lookup = tree.object.fields.find(
    (field) => field.reference?.relationshipName?.toLowerCase() === name.toLowerCase(),
  );
  const relationship = lookup?.reference?.relationshipName;
  const parent = tree.schema.object(lookup?.reference?.to[0] ?? '');
  if (!lookup || !relationship || !parent) return false;
  if (isOfSeveralObjects(lookup) && !(rest.length === 1 && isNameField(rest[0] ?? ''))) return false;
  const known = tree.parents.get(relationship) ?? { field: lookup, tree: emptyTree(parent, tree.schema) };
  if (!addPath(known.tree, rest)) return false;
  tree.parents.set(relationship, known);
  return true;
}

function noSuchColumn(name: string, object: ObjectDefinition): string {
  const advice =
    "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. " +
    'Please reference your WSDL or the describe call for the appropriate names.';
  return `No such column '${name.split('.').slice(1).join('.') || name}' on entity '${object.name}'. ${advice}`;
}
