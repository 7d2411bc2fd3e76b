import { OrgError } from '../../database/orgError.ts';
import type { CallContext, OrgDatabase } from '../../database/orgDatabase.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { schemaSeenBy, type OrgSchema } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';
import { objectOfRecordId } from '../sobjects/requireObject.ts';
import { readFieldList } from '../sobjects/rowResources.ts';
import { addFields, addLayoutFields, emptyTree, type FieldTree, retrievePaths } from './fieldPaths.ts';
import { type RecordRepresentation, representRecord } from './recordRepresentation.ts';

/** Which fields of a record are asked for. */
interface FieldSelection {
  fields: readonly string[];
  optionalFields: readonly string[];
  /** `Full` and `Compact`. */
  layoutTypes: readonly string[];
}

/** @throws OrgError 400 when nothing is asked for. */
export function readFieldSelection(query: URLSearchParams, fallback: readonly string[] = []): FieldSelection {
  const selection = {
    fields: readFieldList(query.get('fields')) ?? [],
    optionalFields: readFieldList(query.get('optionalFields')) ?? [],
    layoutTypes: readFieldList(query.get('layoutTypes')) ?? [],
  };
  const isEmpty = Object.values(selection).every((names) => names.length === 0);
  if (!isEmpty) return selection;
  if (fallback.length > 0) return { ...selection, layoutTypes: fallback };
  const message = 'At least one of fields, optionalFields or layoutTypes must be specified';
  throw new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', message);
}

/** The object of a record id. @param schema what the user who asks sees of it. @throws OrgError 404. */
export function requireRecordObject(id: string, schema?: OrgSchema): ObjectDefinition {
  const object = objectOfRecordId(id, schema);
  if (!object) throw notFound();
  return object;
}

/** Reads a record in the User Interface API's form. @throws OrgError 404 when it is not there for this user. */
export function readRecord(
  database: OrgDatabase,
  id: string,
  selection: FieldSelection,
  context: CallContext,
): RecordRepresentation {
  const schema = schemaSeenBy(context.user);
  const object = requireRecordObject(id, schema);
  const tree = selectFields(object, schema, selection);
  return representRecord(database.retrieve(object.name, id, context, retrievePaths(tree)), tree);
}

/**
 * All fields that are asked for, by name or by layout.
 *
 * @param schema What the user who asks sees of the org; the object is of it.
 * @throws OrgError 400 for a name or layout type that does not exist, or is hidden from the user.
 */
export function selectFields(object: ObjectDefinition, schema: OrgSchema, selection: FieldSelection): FieldTree {
  const tree = emptyTree(object, schema);
  addFields(tree, selection.fields, { optional: false });
  addFields(tree, selection.optionalFields, { optional: true });
  for (const layoutType of selection.layoutTypes) addLayoutFields(tree, layoutFields(object, layoutType));
  return tree;
}

/** @throws OrgError 400 for a layout type that does not exist. */
export function layoutFields(object: ObjectDefinition, layoutType: string): readonly string[] {
  if (layoutType === 'Compact') return object.compactLayout;
  if (layoutType === 'Full') return object.layoutSections.flatMap((section) => section.fields);
  throw new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `layoutTypes: ${layoutType} is not Full or Compact`);
}
