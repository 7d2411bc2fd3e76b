import { readResourcePath } from '../http/requestLine.ts';
import { duplicatesOf } from '../../database/duplicateRules.ts';
import { OrgError } from '../../database/orgError.ts';
import { errorResponse, notFound } from '../errorResponse.ts';
import type { Dispatch, HttpMethod, ResourceRequest, ResourceResponse } from '../resource.ts';

/** One request inside a composite request, with its references resolved. */
interface Subrequest {
  method: HttpMethod;
  /** `/services/data/v66.0/sobjects/Account/001…?fields=Name`; values in it may be unencoded. */
  url: string;
  body?: unknown;
  /** By any-case name. */
  headers?: Readonly<Record<string, string>>;
}

const NOT_NESTABLE = /^\/composite(\/batch|\/graph)?$/;
/** A subrequest runs as the caller of the outer request. */
const FORBIDDEN_HEADERS = ['authorization', 'cookie', 'host'];

/** Runs a subrequest through the same resources as a request of its own, as the outer request's user. */
export function runSubrequest(dispatch: Dispatch, outer: ResourceRequest, subrequest: Subrequest): ResourceResponse {
  const [address = '', ...rest] = subrequest.url.replace(/^\/services\/data(?=\/)/, '').split('?');
  const { version, path } = readResourcePath(address.startsWith('/') ? address : `/${address}`);
  if (version === undefined || !/^\/?(services\/data\/)?v\d/i.test(subrequest.url)) return errorResponse(notFound());
  if (NOT_NESTABLE.test(path)) {
    return errorResponse(
      new OrgError(400, 'INVALID_INPUT', `The resource ${path} cannot be used inside a composite request`),
    );
  }
  const headers = lowerCaseNames(subrequest.headers ?? {});
  if (FORBIDDEN_HEADERS.some((name) => headers.has(name))) {
    return errorResponse(new OrgError(400, 'INVALID_INPUT', 'Authorization headers are not allowed in subrequests'));
  }
  return dispatch({
    method: subrequest.method,
    path,
    query: new URLSearchParams(rest.join('?')),
    header: (name) => headers.get(name),
    body: subrequest.body,
    bodyFormat: outer.bodyFormat,
    context: {
      ...outer.context,
      apiVersion: version,
      ...(outer.context.duplicates && { duplicates: duplicatesOf(headers.get('sforce-duplicate-rule-header')) }),
    },
    publicUrl: outer.publicUrl,
  });
}

/** Whether a subrequest has failed, so that others that refer to it cannot run. */
export function isFailure(response: ResourceResponse): boolean {
  return response.status >= 400;
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Map<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
