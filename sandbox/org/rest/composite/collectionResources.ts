import { parseBody } from '../http/requestBody.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { linkBlobs } from '../sobjects/blobs.ts';
import { requireObject } from '../sobjects/requireObject.ts';
import { readFieldList } from '../sobjects/rowResources.ts';
import { jsonParserError } from '../http/jsonSyntaxError.ts';
import {
  collectionBody,
  exceedsRecordLimit,
  MAX_RECORDS,
  retrieveBody,
  toCreate,
  toDelete,
  toUpdate,
  toUpsert,
} from './collectionRecords.ts';
import { type RecordToSave, saveRecords } from './saveRecords.ts';

const MAX_RETRIEVED = 2000;
const savedXml = { root: 'Results', item: 'Result' };

/** Up to 200 records in one call, each with a result of its own (REST API guide, "sObject Collections"). */
export function collectionResources(services: RestServices): Resource[] {
  return [
    {
      path: '/composite/sobjects',
      methods: {
        POST: (request) => saveBody(services, request, (record) => toCreate(services.database, request, record)),
        PATCH: (request) => saveBody(services, request, (record) => toUpdate(services.database, request, record)),
        DELETE: (request) => deleteRecords(services, request),
      },
    },
    {
      path: '/composite/sobjects/:type',
      methods: {
        GET(request) {
          const ids = readFieldList(request.query.get('ids')) ?? [];
          return retrieveRecords(services, request, ids, readFieldList(request.query.get('fields')));
        },
        POST(request) {
          const { ids, fields } = parseBody(retrieveBody, request);
          return retrieveRecords(services, request, ids, fields);
        },
      },
    },
    {
      path: '/composite/sobjects/:type/:field',
      methods: {
        PATCH: (request) => {
          const { type, field = '' } = request.params;
          const object = requireObject(type);
          return saveBody(services, request, (record) =>
            toUpsert(services.database, request, { object, field, record }),
          );
        },
      },
    },
  ];
}

function saveBody(
  { database }: RestServices,
  request: RoutedRequest,
  prepare: (record: Record<string, unknown>) => RecordToSave,
): ResourceResponse {
  const { allOrNone, records } = parseBody(collectionBody, request);
  if (records.length > MAX_RECORDS) throw exceedsRecordLimit(MAX_RECORDS);
  return { status: 200, body: saveRecords(database, records.map(prepare), { allOrNone }), xml: savedXml };
}

function deleteRecords({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const ids = readFieldList(request.query.get('ids'));
  if (!ids) throw jsonParserError('The ids parameter is required');
  if (ids.length > MAX_RECORDS) throw exceedsRecordLimit(MAX_RECORDS);
  const allOrNone = request.query.get('allOrNone')?.toLowerCase() === 'true';
  const records = ids.map((id) => toDelete(database, request, id));
  return { status: 200, body: saveRecords(database, records, { allOrNone }), xml: savedXml };
}

/** Records in the order of the ids; null for those that do not exist or are not shared with the user. */
function retrieveRecords(
  { database }: RestServices,
  request: RoutedRequest,
  ids: readonly string[],
  fields: readonly string[] | undefined,
): ResourceResponse {
  const object = requireObject(request.params['type']);
  if (ids.length > MAX_RETRIEVED) throw exceedsRecordLimit(MAX_RETRIEVED);
  if (!fields) throw jsonParserError('The fields parameter is required');
  const body = ids.map((id) => {
    try {
      return linkBlobs(database.retrieve(object.name, id, request.context, fields));
    } catch (error) {
      if (isMissingRow(error)) return null;
      throw error;
    }
  });
  return { status: 200, body, xml: { root: 'Records', item: object.name } };
}

function isMissingRow(error: unknown): boolean {
  const codes = [
    'NOT_FOUND',
    'ENTITY_IS_DELETED',
    'MALFORMED_ID',
    'INVALID_CROSS_REFERENCE_KEY',
    'INSUFFICIENT_ACCESS',
  ];
  return error instanceof Error && 'errorCode' in error && codes.includes(String(error.errorCode));
}
