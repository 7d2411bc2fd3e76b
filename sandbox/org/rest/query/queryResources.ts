import { OrgError } from '../../database/orgError.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { explainQuery } from './explainQuery.ts';
import { answerQuery, answerQueryMore } from './queryPages.ts';

/** SOQL (REST API guide, "Query", "QueryAll", "Query More Results"). */
export function queryResources(services: RestServices): Resource[] {
  const more = (request: RoutedRequest): ResourceResponse =>
    answerQueryMore(services, request.params['locator'] ?? '', request);
  return [
    { path: '/query', methods: { GET: (request) => runQuery(services, request, false) } },
    { path: '/queryAll', methods: { GET: (request) => runQuery(services, request, true) } },
    // A locator remembers its query, so either path serves it.
    { path: '/query/:locator', methods: { GET: more } },
    { path: '/queryAll/:locator', methods: { GET: more } },
  ];
}

function runQuery(services: RestServices, request: RoutedRequest, includeDeleted: boolean): ResourceResponse {
  const explained = request.query.get('explain');
  if (explained !== null) return { status: 200, body: explainQuery(services, explained, request) };
  const soql = request.query.get('q');
  if (!soql) throw new OrgError(400, 'MALFORMED_QUERY', 'SOQL query must be specified in the q parameter');
  return answerQuery(services, soql, request, { includeDeleted });
}
