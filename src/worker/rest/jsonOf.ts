import type { LaneAnswerBody, RequestBody } from '../../channel/laneBodies.ts';
import { parseJson } from '../../channel/parseJson.ts';

/** @returns the value of an answer's JSON; undefined for any other body, and for what turns out to be no JSON */
export function jsonOf(body: LaneAnswerBody | undefined): unknown {
  if (body?.kind === 'json') return body.value;
  if (body?.kind !== 'jsonBytes') return undefined;
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body.bytes));
  } catch {
    return undefined;
  }
}

/** @returns the value of a request's JSON; undefined for a body that was not given as JSON */
export function jsonOfRequest(body: RequestBody | undefined): unknown {
  if (body?.kind === 'json') return body.value;
  if (body?.kind !== 'jsonText') return undefined;
  try {
    return JSON.parse(body.json) as unknown;
  } catch {
    return undefined;
  }
}
