import { OrgError } from './orgError.ts';
import { parseFieldValue } from './parseFieldValue.ts';
import type { FieldDefinition, ObjectDefinition, StoredValue } from './schema/objectDefinition.ts';
import type { OrgSchema } from './schema/orgSchema.ts';

/** Finds the row an external id names, e.g. `"Account": {"LEI__c": "…"}`. */
export type ResolveExternalId = (object: ObjectDefinition, field: FieldDefinition, value: string) => string;

function columnBehind(json: string, name: string, value: unknown): number {
  const key = `${JSON.stringify(name)}:`;
  return Math.max(json.indexOf(key), 0) + key.length + (JSON.stringify(value)?.length ?? 0);
}

function noSuchColumn(name: string, object: ObjectDefinition): OrgError {
  return new OrgError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

function resolveRelationship(
  schema: OrgSchema,
  field: FieldDefinition,
  parent: object,
  resolve: ResolveExternalId,
): string {
  const given: [string, unknown][] = Object.entries(parent).filter(([name]) => name !== 'attributes');
  const typeName = (parent as { attributes?: { type?: unknown } }).attributes?.type;
  const target = schema.object(typeof typeName === 'string' ? typeName : (field.reference?.to[0] ?? ''));
  const [name, value] = given[0] ?? ['', undefined];
  const key = target && schema.field(target, name);
  if (!target || given.length !== 1 || !key || !key.idLookup) {
    const message = `Field name provided, ${name} is not an External ID or indexed field for ${target?.name ?? field.name}`;
    throw new OrgError(400, 'INVALID_FIELD', message);
  }
  return resolve(target, key, String(value));
}

/** Refused in one error that names all fields, as Salesforce does. */
function refuseUnwritable(fields: readonly FieldDefinition[]): void {
  if (fields.length === 0) return;
  const names = fields.map((field) => field.name);
  const message =
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify ` +
    'that it is read/write for your profile or permission set.';
  throw new OrgError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, names);
}

/**
 * Reads the fields of a create or update request: names in any case, `attributes` ignored, parents by external id
 * resolved.
 *
 * @throws OrgError `INVALID_FIELD`, `INVALID_FIELD_FOR_INSERT_UPDATE` or one of the value errors of `parseFieldValue`.
 */
export function parseRecordValues(
  schema: OrgSchema,
  object: ObjectDefinition,
  values: Record<string, unknown>,
  operation: 'create' | 'update',
  resolve: ResolveExternalId,
): Map<FieldDefinition, StoredValue> {
  const parsed = new Map<FieldDefinition, StoredValue>();
  const unwritable: FieldDefinition[] = [];
  const json = JSON.stringify(values);
  for (const [name, value] of Object.entries(values)) {
    if (name === 'attributes' || value === undefined) continue;
    const field = schema.field(object, name);
    if (field) {
      if (field.name === 'Id') throw idInBody(operation);
      if (!(operation === 'create' ? field.createable : field.updateable)) unwritable.push(field);
      else parsed.set(field, parseFieldValue(field, value, { column: columnBehind(json, name, value) }));
      continue;
    }
    const parentField = object.fields.find(
      (candidate) => candidate.reference?.relationshipName?.toLowerCase() === name.toLowerCase(),
    );
    if (!parentField || (value !== null && typeof value !== 'object')) throw noSuchColumn(name, object);
    if (!(operation === 'create' ? parentField.createable : parentField.updateable)) unwritable.push(parentField);
    else parsed.set(parentField, value === null ? null : resolveRelationship(schema, parentField, value, resolve));
  }
  refuseUnwritable(unwritable);
  return parsed;
}

function idInBody(operation: 'create' | 'update'): OrgError {
  return operation === 'create'
    ? new OrgError(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])
    : new OrgError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
}
