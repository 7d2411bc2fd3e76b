import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { isRecordId, normalizeRecordId } from '../../../../src/salesforce/recordId.ts';
import { unknownRow } from '../errorResponse.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { readRecordValues } from './recordValues.ts';
import { requireObject } from './requireObject.ts';
import { changeParent, readRelated } from './relationships.ts';
import { createdResponse, createRow, deleteRow, readRow, updateRow } from './rowResources.ts';

/** Since this version a successful update by external id answers 200 with a body instead of 204. */
const UPSERT_BODY_SINCE = 46;

/**
 * Rows by external id and, on the same path, relationships: `/sobjects/Account/Ext__c/x` and
 * `/sobjects/Contact/003…/Account`.
 */
export function externalIdResources(services: RestServices): Resource[] {
  return [
    { path: '/sobjects/:type/Id', methods: { POST: (request) => createRow(services, request) } },
    {
      path: '/sobjects/:type/:key/:value',
      methods: {
        GET: (request) => {
          const target = findTarget(request);
          if (!target) return readRelated(services, requireObject(request.params['type']), request);
          return withSingleRow(services, target, request, (id) => readRow(services, target.object, id, request));
        },
        PATCH: (request) => {
          const target = findTarget(request);
          if (!target) return changeParent(services, requireObject(request.params['type']), request);
          return upsert(services, target, request);
        },
        DELETE: (request) => {
          const target = findTarget(request);
          if (!target) return changeParent(services, requireObject(request.params['type']), request);
          return withSingleRow(services, target, request, (id) => deleteRow(services, target.object, id, request));
        },
      },
    },
  ];
}

interface Target {
  object: ObjectDefinition;
  field: FieldDefinition;
  value: string;
}

/** Undefined when the path names a record and one of its relationships. */
function findTarget(request: RoutedRequest): Target | undefined {
  const object = requireObject(request.params['type']);
  const { key = '', value = '' } = request.params;
  const field = orgSchema.field(object, key);
  if (field?.idLookup) return { object, field, value };
  if (!field && isRecordId(key)) return undefined;
  throw unknownRow(key);
}

function withSingleRow(
  { database }: RestServices,
  { object, field, value }: Target,
  request: RoutedRequest,
  use: (id: string) => ResourceResponse,
): ResourceResponse {
  const ids = database.findByField(object.name, field.name, value, request.context);
  if (ids.length > 1) return multipleChoices(object, ids, request);
  const [id] = ids;
  if (id === undefined) throw unknownRow(value);
  return use(id);
}

/** Source: REST API guide, "Insert or Update (Upsert) a Record Using an External ID". */
function upsert(services: RestServices, target: Target, request: RoutedRequest): ResourceResponse {
  const { object, field, value } = target;
  const { database } = services;
  if (field.type === 'id') {
    updateRow(services, object, value, request);
    return updatedResponse(normalizeRecordId(value) ?? value, request);
  }
  const values = readRecordValues(request, object, field.name);
  const ids = database.findByField(object.name, field.name, value, request.context);
  if (ids.length > 1) return multipleChoices(object, ids, request);
  const [id] = ids;
  if (id !== undefined) {
    database.update(object.name, id, values, request.context);
    return updatedResponse(id, request);
  }
  if (request.query.get('updateOnly') === 'true') throw unknownRow(value);
  const created = database.create(object.name, { ...values, [field.name]: value }, request.context);
  return createdResponse(object, created, request, { created: true });
}

function updatedResponse(id: string, request: RoutedRequest): ResourceResponse {
  if (Number(request.context.apiVersion) < UPSERT_BODY_SINCE) return { status: 204 };
  return { status: 200, body: { id, success: true, errors: [], created: false } };
}

/** The value is not unique: the addresses of all rows that have it, and nothing changed. */
function multipleChoices(object: ObjectDefinition, ids: readonly string[], request: RoutedRequest): ResourceResponse {
  const base = `/services/data/v${request.context.apiVersion}/sobjects/${object.name}`;
  return { status: 300, body: ids.map((id) => `${base}/${id}`), xml: { root: 'Choices', item: 'Choice' } };
}
