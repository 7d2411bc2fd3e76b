import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { decodeBody } from './bodyCodec.ts';
import type { ApiRequest } from './pipeline/apiRequest.ts';

/** An app's request without its URL and token, in a form that `fetch` takes. */
export interface PreparedRequest {
  method: string;
  headers: Headers;
  body: BodyInit | undefined;
}

/** Headers that only the provider sets, or by which an app could act with the rights of another. */
const refusedHeaders = /^(authorization|cookie|host|origin|referer|proxy-.*|sec-.*|dpop)$/i;

/**
 * Checks headers and body before anything is sent; `INVALID_PARAMETER` for what HTTP cannot carry: a line break or a
 * letter outside Latin-1 in a header (Fetch, "header value"), bytes that are no base64.
 */
export function prepareRequest({
  method,
  headers: given,
  body: encoded,
}: Pick<ApiRequest, 'method' | 'headers' | 'body'>): Outcome<PreparedRequest> {
  const headers = new Headers({ accept: 'application/json' });
  for (const [name, value] of Object.entries(given)) {
    if (refusedHeaders.test(name)) return failure('INVALID_PARAMETER', `The header ${name} is the provider's to set.`);
    if (!isSet(headers, name, value))
      return failure(
        'INVALID_PARAMETER',
        `The header ${printable(name)} cannot be sent: its name or value holds what HTTP does not allow, such as a line break or a letter outside Latin-1.`,
      );
  }
  const decoded = decodedBody(encoded);
  if (!decoded) return failure('INVALID_PARAMETER', 'The bytes of the body are not valid base64.');
  const hasBody = decoded.body !== undefined && method !== 'GET' && method !== 'HEAD';
  if (!hasBody) {
    // As `@openfin/salesforce` does: some Salesforce resources want a content type although they need no body.
    if (/^(POST|PUT|PATCH)$/.test(method) && !headers.has('content-type'))
      headers.set('content-type', 'application/json');
    return success({ method, headers, body: undefined });
  }
  const { body, contentType } = decoded;
  if (contentType && !headers.has('content-type') && !isSet(headers, 'content-type', contentType)) {
    return failure('INVALID_PARAMETER', `The body's type ${printable(contentType)} is no content type.`);
  }
  return success({ method, headers, body });
}

function isSet(headers: Headers, name: string, value: string): boolean {
  try {
    headers.set(name, value);
    return true;
  } catch {
    return false;
  }
}

function decodedBody(body: ApiRequest['body']): ReturnType<typeof decodeBody> | undefined {
  try {
    return decodeBody(body);
  } catch {
    return undefined;
  }
}

const longestPrinted = 60;

function printable(text: string): string {
  return JSON.stringify(text.slice(0, longestPrinted));
}
