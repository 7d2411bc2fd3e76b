import { parseBody } from '../http/requestBody.ts';
import { z } from 'zod';
import { OrgError } from '../../database/orgError.ts';
import { errorResponse } from '../errorResponse.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { method, limitExceeded } from './compositeRequest.ts';
import { isFailure, runSubrequest } from './subrequest.ts';

const MAX_SUBREQUESTS = 25;

const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.object({ method, url: z.string().min(1), richInput: z.unknown().optional() })).min(1),
});

/** Independent subrequests, each its own transaction (REST API guide, "Batch Request Body"). */
export function batchResources(services: RestServices): Resource[] {
  return [{ path: '/composite/batch', methods: { POST: (request) => runBatch(services, request) } }];
}

/**
 * Runs the subrequests of `POST /composite/batch`. Each of them counts against the limits of the org (REST API guide,
 * "Composite Batch"), unlike those of `/composite`.
 *
 * @throws OrgError 400 for more than 25 of them.
 */
export function runBatch({ dispatch, usage }: RestServices, request: RoutedRequest): ResourceResponse {
  const { haltOnError, batchRequests } = parseBody(batchBody, request);
  if (batchRequests.length > MAX_SUBREQUESTS) {
    throw limitExceeded(`${MAX_SUBREQUESTS} operations`);
  }
  const responses: ResourceResponse[] = [];
  // The request itself has been counted.
  for (let more = 1; more < batchRequests.length; more += 1) usage.count();
  for (const { method: name, url, richInput } of batchRequests) {
    const isHalted = haltOnError && responses.some(isFailure);
    responses.push(isHalted ? halted() : runSubrequest(dispatch, request, { method: name, url, body: richInput }));
  }
  const results = responses.map(({ status, body }) => ({ statusCode: status, result: body ?? null }));
  const xml = { root: 'batchResults', lists: { results: 'result' } };
  return { status: 200, body: { hasErrors: responses.some(isFailure), results }, xml };
}

function halted(): ResourceResponse {
  const message = 'Batch processing was halted because a previous request failed';
  return errorResponse(new OrgError(412, 'BATCH_PROCESSING_HALTED', message));
}
