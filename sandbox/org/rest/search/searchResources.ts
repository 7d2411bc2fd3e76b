import { OrgError } from '../../database/orgError.ts';
import type { SObjectRecord } from '../../database/orgDatabase.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import type { Resource, ResourceRequest, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { searchMetadata, type SearchMetadata } from '../../sosl/searchMetadata.ts';
import { parameterizedSearchSosl, readSearchBody, readSearchParameters } from './parameterizedSearch.ts';
import { searchLayouts } from './searchLayout.ts';
import { suggestRecords } from './searchSuggestions.ts';

/** Before this version search answers were bare arrays. */
const SEARCH_RECORDS_SINCE = 37;

/** SOSL and its relatives (REST API guide, "Search"). */
export function searchResources(services: RestServices): Resource[] {
  const { database } = services;
  const run = (sosl: string, request: ResourceRequest): ResourceResponse =>
    searchResponse(
      database.search(sosl, request.context),
      searchMetadata(orgSchema, sosl, Number(request.context.apiVersion)),
      request,
    );
  return [
    {
      path: '/search',
      methods: {
        GET(request) {
          const sosl = request.query.get('q');
          if (!sosl) throw new OrgError(400, 'MALFORMED_SEARCH', 'SOSL search must be specified in the q parameter');
          return run(sosl, request);
        },
      },
    },
    { path: '/search/scopeOrder', methods: { GET: (request) => scopeOrder(services, request) } },
    { path: '/search/layout', methods: { GET: (request) => ({ status: 200, body: searchLayouts(request) }) } },
    {
      path: '/search/suggestions',
      methods: { GET: (request) => ({ status: 200, body: suggestRecords(services, request) }) },
    },
    {
      path: '/parameterizedSearch',
      methods: {
        GET: (request) => run(parameterizedSearchSosl(readSearchParameters(request.query)), request),
        POST: (request) => run(parameterizedSearchSosl(readSearchBody(request)), request),
      },
    },
  ];
}

function searchResponse(
  records: readonly SObjectRecord[],
  metadata: SearchMetadata | undefined,
  request: ResourceRequest,
): ResourceResponse {
  const isWrapped = Number(request.context.apiVersion) >= SEARCH_RECORDS_SINCE;
  const xml = { root: 'SearchResult', item: 'searchRecords' };
  const body = isWrapped ? { searchRecords: records, ...(metadata && { metadata }) } : records;
  return { status: 200, body, xml };
}

/** Objects in the order the user looks at them most, which is the order of global search. */
function scopeOrder({ database }: RestServices, request: RoutedRequest): ResourceResponse {
  const recent = database.recentlyViewed(request.context, { limit: 200 }).map((record) => record.attributes.type);
  const searchable = orgSchema.objects.filter((object) => object.searchable).map((object) => object.name);
  const names = [...new Set([...recent.filter((name) => searchable.includes(name)), ...searchable])];
  const { apiVersion } = request.context;
  const order = names.map((name) => ({ type: name, url: `/services/data/v${apiVersion}/sobjects/${name}/describe` }));
  return { status: 200, body: order };
}
