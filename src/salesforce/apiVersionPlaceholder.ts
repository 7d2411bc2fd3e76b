import { asUrlParserReads } from './endpointText.ts';

const DATA_PATH = /^\/services\/data\/\w+/i;
const PLACEHOLDER = /vXX\.X/i;

/**
 * Puts the REST API version where a path says `vXX.X` (any case). Only the first occurrence, and only in paths under
 * `/services/data/`, as `@openfin/salesforce` does.
 *
 * @param apiVersion e.g. `66.0`.
 * @returns The path, with a leading slash, and without what a URL parser drops.
 */
export function fillApiVersion(path: string, apiVersion: string): string {
  const read = asUrlParserReads(path);
  const rooted = read.startsWith('/') ? read : `/${read}`;
  return DATA_PATH.test(rooted) ? rooted.replace(PLACEHOLDER, `v${apiVersion}`) : rooted;
}

function fillStrings(value: unknown, apiVersion: string): unknown {
  if (typeof value === 'string') return value.replace(PLACEHOLDER, `v${apiVersion}`);
  if (Array.isArray(value)) return value.map((item: unknown) => fillStrings(item, apiVersion));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillStrings(item, apiVersion)]));
  }
  return value;
}

/**
 * For a composite request, the body with the first `vXX.X` of every string replaced (its sub-requests hold URLs); for
 * any other path the body itself. The body given is not changed. Nulls and a missing body pass through.
 *
 * @param path The path as {@link fillApiVersion} returned it.
 * @param body A JSON value, or whatever else a request may carry: only composite bodies are looked into.
 */
export function fillApiVersionInBody(path: string, body: unknown, apiVersion: string): unknown {
  return isComposite(path, apiVersion) ? fillStrings(body, apiVersion) : body;
}

/** The same for a body as JSON text. It is parsed only where there is something to fill in; what is no JSON stays. */
export function fillApiVersionInJson(path: string, json: string, apiVersion: string): string {
  if (!isComposite(path, apiVersion) || !PLACEHOLDER.test(json)) return json;
  try {
    return JSON.stringify(fillStrings(JSON.parse(json), apiVersion));
  } catch {
    return json;
  }
}

function isComposite(path: string, apiVersion: string): boolean {
  return path.toLowerCase().includes(`/services/data/v${apiVersion}/composite`);
}
