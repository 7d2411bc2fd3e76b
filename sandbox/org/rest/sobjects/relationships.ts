import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { notFound } from '../errorResponse.ts';
import { answerQuery } from '../query/queryPages.ts';
import type { ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { isBlob, readBlob } from './blobs.ts';
import { objectOfRecordId } from './requireObject.ts';
import { deleteRow, readFieldList, readRow, updateRow } from './rowResources.ts';

/**
 * Follows a relationship: to the parent's row, or to the children as a query result
 * (REST API guide, "sObject Relationships").
 *
 * @throws OrgError 404 when there is no such relationship, or the parent is empty.
 */
export function readRelated(
  services: RestServices,
  object: ObjectDefinition,
  request: RoutedRequest,
): ResourceResponse {
  const { key: id = '', value: name = '' } = request.params;
  const blob = orgSchema.field(object, name);
  if (blob && isBlob(blob)) return readBlob(services, object, { id, field: blob }, request);
  const parent = findParent(services, object, id, name, request);
  if (parent) return readRow(services, parent.object, parent.id, request);
  const relationship = orgSchema
    .childRelationships(object)
    .find((candidate) => candidate.relationshipName?.toLowerCase() === name.toLowerCase());
  if (!relationship) throw notFound();
  // Refuses an id the caller may not see; its children then stay hidden too.
  const { Id: parentId } = services.database.retrieve(object.name, id, request.context, ['Id']);
  const { childObject: child, field } = relationship;
  const names = readFieldList(request.query.get('fields')) ?? child.fields.map((candidate) => candidate.name);
  const condition = `${field.name} = ${quoteSoqlString(String(parentId))}`;
  return answerQuery(services, `SELECT ${names.join(', ')} FROM ${child.name} WHERE ${condition}`, request);
}

/** PATCH and DELETE work on the parent's row. */
export function changeParent(
  services: RestServices,
  object: ObjectDefinition,
  request: RoutedRequest,
): ResourceResponse {
  const { key: id = '', value: name = '' } = request.params;
  const parent = findParent(services, object, id, name, request);
  if (!parent) throw notFound();
  const change = request.method === 'PATCH' ? updateRow : deleteRow;
  return change(services, parent.object, parent.id, request);
}

/** Undefined when the name is no parent relationship. @throws OrgError 404 when the parent is empty. */
function findParent(
  { database }: RestServices,
  object: ObjectDefinition,
  id: string,
  name: string,
  request: RoutedRequest,
): { object: ObjectDefinition; id: string } | undefined {
  const field = object.fields.find(
    (candidate) => candidate.reference?.relationshipName?.toLowerCase() === name.toLowerCase(),
  );
  if (!field) return undefined;
  const parentId = database.retrieve(object.name, id, request.context, [field.name])[field.name];
  const parent = typeof parentId === 'string' ? objectOfRecordId(parentId) : undefined;
  if (typeof parentId !== 'string' || !parent) throw notFound();
  return { object: parent, id: parentId };
}
