import { quoteSoqlString } from '../../../../src/salesforce/soqlQuoting.ts';
import { notFound } from '../errorResponse.ts';
import { schemaSeenBy, type OrgSchema } from '../../database/schema/orgSchema.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { MASTER_RECORD_TYPE_ID } from '../sobjects/describeSObject.ts';
import { requireObject } from '../sobjects/requireObject.ts';
import { readFieldList } from '../sobjects/rowResources.ts';
import { retrievePaths } from './fieldPaths.ts';
import { recordLayout } from './layout.ts';
import { lookupResources } from './lookupResources.ts';
import { objectInfo, picklistFieldValues, picklistValues } from './objectInfo.ts';
import { readFieldSelection, readRecord, requireRecordObject, selectFields } from './readRecord.ts';
import { recordResources } from './recordResources.ts';
import { entityTag, representRecord } from './recordRepresentation.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1999;

/** What record pages are built from (User Interface API guide). */
export function uiApiResources(services: RestServices): Resource[] {
  return [
    ...recordResources(services),
    ...lookupResources(services),
    { path: '/ui-api/record-ui/:ids', methods: { GET: (request) => recordUi(services, request) } },
    {
      path: '/ui-api/layout/:type',
      methods: {
        GET({ params, query, context }) {
          const object = requirePages(requireObject(params['type'], schemaSeenBy(context.user)));
          const layoutType = query.get('layoutType') ?? 'Full';
          return { status: 200, body: recordLayout(object, { layoutType, mode: query.get('mode') ?? 'View' }) };
        },
      },
    },
    { path: '/ui-api/object-info/batch/:types', methods: { GET: objectInfoBatch } },
    {
      path: '/ui-api/object-info/:type',
      methods: {
        GET: ({ params, context }) => ({ status: 200, body: infoOf(params['type'], schemaSeenBy(context.user)) }),
      },
    },
    {
      path: '/ui-api/object-info/:type/picklist-values/:recordTypeId',
      methods: {
        GET: ({ params, context }) => ({
          status: 200,
          body: picklistFieldValues(requireObject(params['type'], schemaSeenBy(context.user))),
        }),
      },
    },
    {
      path: '/ui-api/object-info/:type/picklist-values/:recordTypeId/:field',
      methods: {
        GET({ params, context }) {
          const schema = schemaSeenBy(context.user);
          const field = schema.field(requireObject(params['type'], schema), params['field'] ?? '');
          if (!field || field.picklist.length === 0) throw notFound();
          return { status: 200, body: picklistValues(field) };
        },
      },
    },
    {
      path: '/ui-api/related-list-records/:parentId/:relatedListId',
      methods: { GET: (request) => relatedListRecords(services, request) },
    },
  ];
}

/** Records, their layouts and object descriptions in one answer. */
function recordUi({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const { query, params, context } = request;
  const ids = (params['ids'] ?? '').split(',').filter((id) => id !== '');
  const layoutTypes = readFieldList(query.get('layoutTypes')) ?? ['Full'];
  const modes = readFieldList(query.get('modes')) ?? ['View'];
  const selection = { fields: [], layoutTypes, optionalFields: readFieldList(query.get('optionalFields')) ?? [] };
  const records = ids.map((id) => readRecord(database, id, selection, context));
  const schema = schemaSeenBy(context.user);
  const objects = [...new Set(ids.map((id) => requirePages(requireRecordObject(id, schema))))];
  const layoutsOf = (object: ObjectDefinition): Record<string, unknown> =>
    Object.fromEntries(
      layoutTypes.map((layoutType) => [
        layoutType,
        Object.fromEntries(modes.map((mode) => [mode, recordLayout(object, { layoutType, mode })])),
      ]),
    );
  const body = {
    layoutUserStates: {},
    layouts: Object.fromEntries(objects.map((object) => [object.name, { [MASTER_RECORD_TYPE_ID]: layoutsOf(object) }])),
    objectInfos: Object.fromEntries(objects.map((object) => [object.name, objectInfo(object, schema)])),
    records: Object.fromEntries(records.map((record) => [record.id, record])),
  };
  return { status: 200, body: { ...body, eTag: entityTag(body) } };
}

const infoOf = (type: string | undefined, schema: OrgSchema): Record<string, unknown> =>
  objectInfo(requireObject(type, schema), schema);

function objectInfoBatch({ params, context }: RoutedRequest): ResourceResponse {
  const names = (params['types'] ?? '').split(',').filter((name) => name !== '');
  const results = names.map((name) => ({ result: infoOf(name, schemaSeenBy(context.user)), statusCode: 200 }));
  return { status: 200, body: { results } };
}

/** The children of a record, one page at a time (User Interface API guide, "Related List Records"). */
function relatedListRecords({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const { params, query, context } = request;
  const schema = schemaSeenBy(context.user);
  const parent = requireRecordObject(params['parentId'] ?? '', schema);
  const { Id: parentId } = database.retrieve(parent.name, params['parentId'] ?? '', context, ['Id']);
  const relationship = schema
    .childRelationships(parent)
    .find(({ relationshipName }) => relationshipName?.toLowerCase() === params['relatedListId']?.toLowerCase());
  if (!relationship) throw notFound();
  const { childObject, field, relationshipName } = relationship;
  const tree = selectFields(childObject, schema, readFieldSelection(query, ['Compact']));
  const pageSize = Math.min(LARGEST_PAGE_SIZE, Math.max(1, Number(query.get('pageSize')) || DEFAULT_PAGE_SIZE));
  const start = Math.max(0, Math.floor(Number(query.get('pageToken')) || 0));
  const condition = `${field.name} = ${quoteSoqlString(String(parentId))}`;
  const soql = `SELECT ${retrievePaths(tree).join(', ')} FROM ${childObject.name} WHERE ${condition}`;
  const rows = database.query(`${soql} ORDER BY ${childObject.nameField}`, context).records;
  const page = rows.slice(start, start + pageSize);
  const hasMore = start + pageSize < rows.length;
  const body = {
    count: page.length,
    currentPageToken: String(start),
    fields: readFieldList(query.get('fields')) ?? [],
    listReference: {
      inContextOfRecordId: parentId,
      parentObjectApiName: parent.name,
      relatedListId: relationshipName,
      type: 'relatedList',
    },
    nextPageToken: hasMore ? String(start + pageSize) : null,
    optionalFields: readFieldList(query.get('optionalFields')) ?? [],
    pageSize,
    previousPageToken: start > 0 ? String(Math.max(0, start - pageSize)) : null,
    records: page.map((row) => representRecord(row, tree)),
    sortBy: [],
  };
  return { status: 200, body };
}

/** @throws OrgError 404 for objects that have no pages. */
function requirePages(object: ObjectDefinition): ObjectDefinition {
  if (!object.layoutable) throw notFound();
  return object;
}
