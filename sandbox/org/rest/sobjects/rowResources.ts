import { checkConditions, validatorHeaders } from '../http/conditional.ts';
import type { Resource, ResourceRequest, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import type { RestServices } from '../restServices.ts';
import { linkBlobs } from './blobs.ts';
import { describeBasics } from './describeSObject.ts';
import { requireObject } from './requireObject.ts';
import { readRecordValues } from './recordValues.ts';
import { hasConditions, rowValidators } from './rowValidators.ts';

/** How many recently viewed rows the basic information lists. */
const RECENT_ITEMS = 25;

/** Basic information with recent items, create, and the row by id: read, change, delete. */
export function rowResources(services: RestServices): Resource[] {
  return [
    {
      path: '/sobjects/:type',
      methods: { GET: (request) => readBasicInfo(services, request), POST: (request) => createRow(services, request) },
    },
    {
      path: '/sobjects/:type/:id',
      methods: {
        GET: (request) => readRow(services, requireObject(request.params['type']), request.params['id'] ?? '', request),
        PATCH: (request) =>
          updateRow(services, requireObject(request.params['type']), request.params['id'] ?? '', request),
        DELETE: (request) =>
          deleteRow(services, requireObject(request.params['type']), request.params['id'] ?? '', request),
      },
    },
  ];
}

/** Create: 201 with the id and the row's address. */
export function createRow(services: RestServices, request: RoutedRequest): ResourceResponse {
  const object = requireObject(request.params['type']);
  const id = services.database.create(object.name, readRecordValues(request, object), request.context);
  return createdResponse(object, id, request, {});
}

/** The answer to a create: 201 with the record's id and address. @param more Further members of the body. */
export function createdResponse(
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
  more: Record<string, unknown>,
): ResourceResponse {
  const location = `/services/data/v${request.context.apiVersion}/sobjects/${object.name}/${id}`;
  return { status: 201, headers: { Location: location }, body: { id, success: true, errors: [], ...more } };
}

/** Reads a record by its id, with the fields that the request names. @throws OrgError 404. */
export function readRow(
  { database }: RestServices,
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
): ResourceResponse {
  const record = database.retrieve(object.name, id, request.context, readFieldList(request.query.get('fields')));
  const validators = rowValidators(database, object, id, request);
  if (/updateMru\s*=\s*true/i.test(request.header('sforce-mru') ?? ''))
    database.markViewed(String(record['Id']), request.context);
  const unchanged = validators && checkConditions(request, validators);
  if (unchanged) return unchanged;
  return {
    status: 200,
    body: linkBlobs(record),
    headers: validators ? validatorHeaders(validators) : {},
    xml: { root: object.name },
  };
}

/** Changes a record by its id; answers 204. @throws OrgError 404, 412, or what Salesforce has against the values. */
export function updateRow(
  services: RestServices,
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
): ResourceResponse {
  const values = readRecordValues(request, object);
  checkRowConditions(services, object, id, request);
  services.database.update(object.name, id, values, request.context);
  return { status: 204 };
}

/** Deletes a record by its id; answers 204. @throws OrgError 404 or 412. */
export function deleteRow(
  services: RestServices,
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
): ResourceResponse {
  checkRowConditions(services, object, id, request);
  services.database.delete(object.name, id, request.context);
  return { status: 204 };
}

/** `Id,Name, Owner.Name` as a list; undefined when nothing is asked for. */
export function readFieldList(text: string | null): string[] | undefined {
  const names = text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names?.length ? names : undefined;
}

function checkRowConditions(
  { database }: RestServices,
  object: ObjectDefinition,
  id: string,
  request: ResourceRequest,
): void {
  if (!hasConditions(request)) return;
  const validators = rowValidators(database, object, id, request);
  if (validators) checkConditions(request, validators);
}

function readBasicInfo(services: RestServices, request: RoutedRequest): ResourceResponse {
  const object = requireObject(request.params['type']);
  const { context } = request;
  const recentItems = services.database.recentlyViewed(context, { type: object.name, limit: RECENT_ITEMS });
  return {
    status: 200,
    body: { objectDescribe: describeBasics(object, context.apiVersion), recentItems },
    xml: { root: object.name },
  };
}
