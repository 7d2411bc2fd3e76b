import { OrgError } from '../../database/orgError.ts';
import type { ResourceRequest, ResourceResponse } from '../resource.ts';

/** HTTP dates have whole seconds. */
const SECOND_MS = 1000;

/** What a representation can be compared by. */
export interface Validators {
  lastModified: Date;
  entityTag?: string;
}

/**
 * Applies `If-Match`, `If-Unmodified-Since`, `If-None-Match` and `If-Modified-Since` (RFC 9110, section 13.2.2).
 *
 * @returns A 304 answer when the caller's copy is still good.
 * @throws OrgError 412 `PRECONDITION_FAILED`.
 */
export function checkConditions(request: ResourceRequest, validators: Validators): ResourceResponse | undefined {
  const { lastModified, entityTag } = validators;
  const ifMatch = entityTag === undefined ? undefined : request.header('if-match');
  const ifNoneMatch = entityTag === undefined ? undefined : request.header('if-none-match');
  if (ifMatch !== undefined) {
    if (!names(ifMatch, entityTag)) throw preconditionFailed();
  } else if (isNewerThan(lastModified, request.header('if-unmodified-since'))) {
    throw preconditionFailed();
  }
  const isRead = request.method === 'GET';
  if (ifNoneMatch !== undefined) {
    if (!names(ifNoneMatch, entityTag)) return undefined;
    if (isRead) return notModified(validators);
    throw preconditionFailed();
  }
  return isRead && isUnchangedSince(lastModified, request.header('if-modified-since'))
    ? notModified(validators)
    : undefined;
}

/** The headers by which a client can ask later whether its copy is still good. */
export function validatorHeaders({ lastModified, entityTag }: Validators): Record<string, string> {
  return { 'Last-Modified': lastModified.toUTCString(), ...(entityTag === undefined ? {} : { ETag: entityTag }) };
}

function notModified(validators: Validators): ResourceResponse {
  return { status: 304, headers: validatorHeaders(validators) };
}

function preconditionFailed(): OrgError {
  return new OrgError(412, 'PRECONDITION_FAILED', 'The precondition given in the request headers was not met');
}

function names(header: string, entityTag: string | undefined): boolean {
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, '').replace('--gzip"', '"'));
  return tags.includes('*') || (entityTag !== undefined && tags.includes(entityTag));
}

function isNewerThan(modified: Date, header: string | undefined): boolean {
  const since = header === undefined ? Number.NaN : Date.parse(header);
  return !Number.isNaN(since) && wholeSeconds(modified) > since;
}

function isUnchangedSince(modified: Date, header: string | undefined): boolean {
  const since = header === undefined ? Number.NaN : Date.parse(header);
  return !Number.isNaN(since) && wholeSeconds(modified) <= since;
}

function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / SECOND_MS) * SECOND_MS;
}
