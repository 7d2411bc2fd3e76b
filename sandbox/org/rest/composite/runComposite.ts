import { OrgError } from '../../database/orgError.ts';
import type { OrgDatabase } from '../../database/orgDatabase.ts';
import { errorResponse } from '../errorResponse.ts';
import type { Dispatch, ResourceRequest, ResourceResponse } from '../resource.ts';
import type { CompositeSubrequest } from './compositeRequest.ts';
import { resolveText, resolveValue, UnresolvedReference } from './references.ts';
import { transactionUnless } from './rollback.ts';
import { isFailure, runSubrequest } from './subrequest.ts';

const ROLLED_BACK = 'The transaction was rolled back since another operation in the same transaction failed.';

/** One entry of `compositeResponse`. */
interface CompositeAnswer {
  body: unknown;
  httpHeaders: Readonly<Record<string, string>>;
  httpStatusCode: number;
  referenceId: string | null;
}

interface Run {
  database: OrgDatabase;
  dispatch: Dispatch;
  outer: ResourceRequest;
}

/**
 * Runs dependent subrequests in order. With `allOrNone` the first failure undoes everything and all others answer
 * `PROCESSING_HALTED`; without it only those that refer to a failed one do.
 */
export function runComposite(
  run: Run,
  subrequests: readonly CompositeSubrequest[],
  { allOrNone }: { allOrNone: boolean },
): { answers: CompositeAnswer[]; isSuccessful: boolean } {
  if (!allOrNone) {
    const responses = runInOrder(run, subrequests, { allOrNone });
    return { answers: describe(subrequests, responses), isSuccessful: !responses.some(isFailure) };
  }
  const responses = transactionUnless(
    run.database,
    () => runInOrder(run, subrequests, { allOrNone }),
    (results) => results.some(hasFailure),
  );
  const failed = responses.findIndex(hasFailure);
  if (failed < 0) return { answers: describe(subrequests, responses), isSuccessful: true };
  const halted = subrequests.map(
    (_, index) => (index === failed ? responses[index] : undefined) ?? haltedBy(ROLLED_BACK),
  );
  return { answers: describe(subrequests, halted), isSuccessful: false };
}

function runInOrder(
  { dispatch, outer }: Run,
  subrequests: readonly CompositeSubrequest[],
  { allOrNone }: { allOrNone: boolean },
): ResourceResponse[] {
  const answers = new Map<string, unknown>();
  const responses: ResourceResponse[] = [];
  for (const subrequest of subrequests) {
    const response = runOne(subrequest);
    responses.push(response);
    if (!isFailure(response)) answers.set(subrequest.referenceId, response.body);
    if (allOrNone && hasFailure(response)) break;
  }
  return responses;

  function runOne(subrequest: CompositeSubrequest): ResourceResponse {
    try {
      const url = resolveText(subrequest.url, answers, encodeURIComponent);
      const body = resolveValue(subrequest.body, answers);
      const headers = subrequest.httpHeaders ?? {};
      const isCollection = /\/composite\/sobjects(?=[/?]|$)/.test(url);
      const wholeCollection = allOrNone && isCollection ? forceAllOrNone({ url, body }) : { url, body };
      return runSubrequest(dispatch, outer, { method: subrequest.method, headers, ...wholeCollection });
    } catch (error) {
      if (error instanceof UnresolvedReference) return haltedBy(error.message);
      throw error;
    }
  }
}

/** The outer `allOrNone` overrides that of a collection (REST API guide, "allOrNone Parameters in Composite …"). */
function forceAllOrNone({ url, body }: { url: string; body: unknown }): { url: string; body: unknown } {
  if (typeof body === 'object' && body !== null && 'records' in body)
    return { url, body: { ...body, allOrNone: true } };
  const separator = url.includes('?') ? '&' : '?';
  return { url: `${url.replace(/allOrNone=[^&]*&?/g, '')}${separator}allOrNone=true`, body };
}

/** A collection answers 200 even when records in it failed. */
function hasFailure(response: ResourceResponse): boolean {
  if (isFailure(response)) return true;
  return Array.isArray(response.body) && response.body.some((item: unknown) => isFailedSave(item));
}

function isFailedSave(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'success' in item && item.success === false;
}

function haltedBy(message: string): ResourceResponse {
  return errorResponse(new OrgError(400, 'PROCESSING_HALTED', message));
}

function describe(
  subrequests: readonly CompositeSubrequest[],
  responses: readonly ResourceResponse[],
): CompositeAnswer[] {
  return responses.map((response, index) => ({
    body: response.body ?? null,
    httpHeaders: response.headers ?? {},
    httpStatusCode: response.status,
    referenceId: subrequests[index]?.referenceId ?? null,
  }));
}
