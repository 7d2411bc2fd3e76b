import { parseBody } from '../http/requestBody.ts';
import type { OrgError } from '../../database/orgError.ts';
import { errorResponse } from '../errorResponse.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { batchResources } from './batchResources.ts';
import { collectionResources } from './collectionResources.ts';
import { type CompositeSubrequest, compositeBody, referenceIdFault, limitExceeded } from './compositeRequest.ts';
import { graphResources } from './graphResources.ts';
import { runComposite } from './runComposite.ts';
import { treeResources } from './treeResources.ts';

const MAX_SUBREQUESTS = 25;
const MAX_QUERIES_AND_COLLECTIONS = 5;

/** Several operations in one call (REST API guide, "Composite Resources"). */
export function compositeResources(services: RestServices): Resource[] {
  return [
    { path: '/composite', methods: { GET: listComposites, POST: (request) => composite(services, request) } },
    ...batchResources(services),
    ...graphResources(services),
    ...treeResources(services),
    ...collectionResources(services),
  ];
}

function listComposites({ context }: RoutedRequest): ResourceResponse {
  const base = `/services/data/v${context.apiVersion}/composite`;
  const names = ['tree', 'batch', 'sobjects', 'graph'];
  return { status: 200, body: Object.fromEntries(names.map((name) => [name, `${base}/${name}`])) };
}

function composite({ database, dispatch }: RestServices, request: RoutedRequest): ResourceResponse {
  const { allOrNone, compositeRequest } = parseBody(compositeBody, request);
  const fault = limitFault(compositeRequest) ?? referenceIdFault(compositeRequest);
  if (fault) return refusedAsWhole(fault);
  const { answers } = runComposite({ database, dispatch, outer: request }, compositeRequest, { allOrNone });
  return { status: 200, body: { compositeResponse: answers }, xml: { root: 'CompositeResult' } };
}

function limitFault(subrequests: readonly CompositeSubrequest[]): OrgError | undefined {
  if (subrequests.length > MAX_SUBREQUESTS) return limitExceeded(`${MAX_SUBREQUESTS} operations`);
  const heavy = subrequests.filter(({ url }) =>
    /^\/services\/data\/v[\d.]+\/(query|queryAll|composite\/sobjects)\b/i.test(url),
  );
  if (heavy.length <= MAX_QUERIES_AND_COLLECTIONS) return undefined;
  return limitExceeded(`${MAX_QUERIES_AND_COLLECTIONS} query or sObject Collections operations`);
}

/** Answers a fault of the request as a whole as if a subrequest without a reference id had failed with it. */
function refusedAsWhole(fault: OrgError): ResourceResponse {
  const { body, status } = errorResponse(fault);
  const answer = { body, httpHeaders: {}, httpStatusCode: status, referenceId: null };
  return { status, body: { compositeResponse: [answer] } };
}
