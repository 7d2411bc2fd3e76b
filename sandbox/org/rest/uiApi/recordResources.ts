import { limitExceeded } from '../composite/compositeRequest.ts';
import { parseBody } from '../http/requestBody.ts';
import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import { errorResponse } from '../errorResponse.ts';
import { checkConditions } from '../http/conditional.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { requireObject } from '../sobjects/requireObject.ts';
import { refuseCollision } from './collision.ts';
import { readFieldSelection, readRecord, requireRecordObject } from './readRecord.ts';
import { withRecordErrors } from './recordError.ts';
import type { RecordRepresentation } from './recordRepresentation.ts';

const MAX_BATCH = 200;
const SHOWN_AFTER_CHANGE = ['Full', 'Compact'];

const fieldValues = z.record(z.string(), z.unknown());
const createBody = z.object({
  apiName: z.string().min(1),
  fields: fieldValues,
  allowSaveOnDuplicate: z.boolean().optional(),
});
const updateBody = z.object({ fields: fieldValues, allowSaveOnDuplicate: z.boolean().optional() });

/** Records with what a page shows of them (User Interface API guide, "Records"). */
export function recordResources(services: RestServices): Resource[] {
  return [
    { path: '/ui-api/records', methods: { POST: (request) => createRecord(services, request) } },
    { path: '/ui-api/records/batch/:ids', methods: { GET: (request) => readBatch(services, request) } },
    {
      path: '/ui-api/records/:id',
      methods: {
        GET: (request) => readOne(services, request),
        PATCH: (request) => updateRecord(services, request),
        DELETE: (request) => deleteRecord(services, request),
      },
    },
  ];
}

function readOne({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const selection = readFieldSelection(request.query);
  const record = readRecord(database, request.params['id'] ?? '', selection, request.context);
  if (request.query.get('updateMru') === 'true') database.markViewed(record.id, request.context);
  const headers = { ETag: `"${record.eTag}"` };
  // Records are revalidated by their entity tag; their date is for conflicts of changes.
  const unchanged = checkConditions(
    { ...request, header: (name) => (name === 'if-none-match' ? request.header(name) : undefined) },
    { lastModified: new Date(record.weakEtag), entityTag: headers.ETag },
  );
  return unchanged ?? { status: 200, body: record, headers };
}

function readBatch({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const ids = (request.params['ids'] ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length > MAX_BATCH) {
    throw limitExceeded(`${MAX_BATCH} record ids`);
  }
  const selection = readFieldSelection(request.query);
  const results = ids.map((id) => {
    try {
      return { result: readRecord(database, id, selection, request.context) as unknown, statusCode: 200 };
    } catch (error) {
      if (!(error instanceof OrgError)) throw error;
      const { body, status } = errorResponse(error);
      return { result: body, statusCode: status };
    }
  });
  return { status: 200, body: { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results } };
}

function createRecord(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { apiName, fields, allowSaveOnDuplicate } = parseBody(createBody, request);
  const object = requireObject(apiName);
  return withRecordErrors(object, 'create', () => {
    const { context } = withDuplicates(request, allowSaveOnDuplicate);
    const id = services.database.create(object.name, fields, context);
    return { status: 201, body: showChanged(services, request, { id, changed: Object.keys(fields) }) };
  });
}

function updateRecord(services: RestServices, request: RoutedRequest): ResourceResponse {
  const { fields, allowSaveOnDuplicate } = parseBody(updateBody, request);
  const id = request.params['id'] ?? '';
  const object = requireRecordObject(id);
  return withRecordErrors(object, 'update', () => {
    const refused = refuseCollision(services, request, id);
    if (refused) return refused;
    const { context } = withDuplicates(request, allowSaveOnDuplicate);
    services.database.update(object.name, id, fields, context);
    return { status: 200, body: showChanged(services, request, { id, changed: Object.keys(fields) }) };
  });
}

function deleteRecord({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const id = request.params['id'] ?? '';
  const object = requireRecordObject(id);
  return withRecordErrors(object, 'delete', () => {
    database.delete(object.name, id, request.context);
    return { status: 204 };
  });
}

/** @param allowed What the body says of duplicates, which counts as the header of the REST API does. */
function withDuplicates<Request extends RoutedRequest>(request: Request, allowed: boolean | undefined): Request {
  const { context } = request;
  if (!context.duplicates || !allowed) return request;
  return { ...request, context: { ...context, duplicates: 'allow' } };
}

function showChanged(
  { database }: RestServices,
  request: RoutedRequest,
  { id, changed }: { id: string; changed: readonly string[] },
): RecordRepresentation {
  const { name } = requireRecordObject(id);
  const selection = readFieldSelection(request.query, SHOWN_AFTER_CHANGE);
  const fields = [...selection.fields, ...changed.map((field) => `${name}.${field}`)];
  return readRecord(database, id, { ...selection, fields }, request.context);
}
