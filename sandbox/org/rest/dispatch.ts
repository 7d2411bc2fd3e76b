import { randomInt } from 'node:crypto';
import { match } from 'path-to-regexp';
import { OrgError } from '../database/orgError.ts';
import { errorResponse, notFound, unknownException } from './errorResponse.ts';
import type { Dispatch, HttpMethod, Resource, ResourceRequest, ResourceResponse } from './resource.ts';

const METHOD_ORDER: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Called with an error that is a fault of this program; the client only gets the error id. */
export type OnUnexpectedError = (error: unknown, errorId: string) => void;

/** The answer to a fault of this program. */
export function unexpectedResponse(error: unknown, onUnexpected: OnUnexpectedError): ResourceResponse {
  const errorId = `${randomInt(1e9)}-${randomInt(1e5)} (${randomInt(1e9)})`;
  onUnexpected(error, errorId);
  return errorResponse(unknownException(errorId));
}

/**
 * Finds the resource of a request and runs it. The first resource whose path matches decides, so list the specific
 * paths first. Own routing instead of Koa's: composite requests run inside a database transaction, and that is
 * synchronous.
 *
 * @param buildResources Is given the dispatch it builds for, so that composite resources can run their subrequests.
 * @param onUnexpected Called with errors that are no {@link OrgError}; the client only gets the error id.
 */
export function createDispatch(
  buildResources: (dispatch: Dispatch) => readonly Resource[],
  onUnexpected: OnUnexpectedError,
): Dispatch {
  function route(request: ResourceRequest): ResourceResponse {
    for (const { resource, matches } of routes) {
      const found = matches(request.path);
      if (!found) continue;
      const method = METHOD_ORDER.find((name) => name === request.method);
      const handler = method && resource.methods[method];
      if (handler) return handler({ ...request, params: found.params });
      return methodNotAllowed(
        request.method,
        METHOD_ORDER.filter((name) => resource.methods[name]),
      );
    }
    return errorResponse(notFound());
  }

  const dispatch: Dispatch = (request) => {
    try {
      return route(request);
    } catch (error) {
      if (error instanceof OrgError) return errorResponse(error);
      // A percent sign that encodes nothing.
      if (error instanceof URIError) return errorResponse(notFound());
      return unexpectedResponse(error, onUnexpected);
    }
  };
  const routes = buildResources(dispatch).map((resource) => ({
    resource,
    matches: match<Record<string, string>>(resource.path),
  }));
  return dispatch;
}

/** Source: REST API guide, status 405; sentence as Salesforce writes it. */
export function methodNotAllowed(method: string, methods: readonly HttpMethod[]): ResourceResponse {
  const allowed = methods.join(',').replace('GET', 'HEAD,GET');
  const message = `HTTP Method '${method}' not allowed. Allowed are ${allowed}`;
  return errorResponse(new OrgError(405, 'METHOD_NOT_ALLOWED', message), { Allow: allowed });
}
