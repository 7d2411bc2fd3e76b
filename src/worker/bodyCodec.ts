import { decodeBase64, decodeParts, encodeBase64 } from '../channel/bodyForms.ts';
import type { EncodedBody } from '../channel/encodedBody.ts';
import type { LaneAnswerBody, RequestBody } from '../channel/laneBodies.ts';
import type { ExecuteReply } from '../channel/orgRequests.ts';
import { judgeJson } from '../jsonDepth.ts';
import { success, type Outcome } from '../outcomes/failure.ts';
import { readBody } from './limitedBody.ts';
import type { ApiAnswer } from './pipeline/apiAnswer.ts';
import { jsonOf } from './rest/jsonOf.ts';

/**
 * Turns a body that came over the channel or a lane into what `fetch` takes, with the content type that it implies.
 *
 * @throws DOMException for bytes that are no base64.
 */
export function decodeBody(body: RequestBody | undefined): { body?: BodyInit; contentType?: string } {
  switch (body?.kind) {
    case undefined:
      return {};
    case 'json':
      return { body: JSON.stringify(body.value), contentType: 'application/json' };
    case 'jsonText':
      return { body: body.json, contentType: 'application/json' };
    case 'text':
      return { body: body.text, contentType: 'application/json' };
    case 'bytes':
      return { body: decodeBase64(body.base64), contentType: body.type || 'application/octet-stream' };
    case 'raw':
      return { body: body.bytes, contentType: body.type || 'application/octet-stream' };
    case 'urlencoded':
      return { body: new URLSearchParams(body.entries), contentType: 'application/x-www-form-urlencoded' };
    case 'multipart':
      // `fetch` adds the content type, as only it knows the boundary.
      return { body: decodeParts(body.parts) };
    case 'form': {
      const form = new FormData();
      for (const { name, value } of body.parts) form.append(name, value);
      return { body: form };
    }
  }
}

/**
 * Reads an answer's body by its content type, as `@openfin/salesforce` does; none without a content type. Text is
 * decoded by its charset (UTF-8 if none is named). What cannot be decoded without loss, or is asked for as bytes, stays
 * bytes.
 *
 * @returns `isTooDeep` for JSON that is nested too deeply; `size`: bytes of the body
 * @throws {OversizeAnswer} for more than `limitBytes`.
 */
export async function readAnswer(
  response: Response,
  limitBytes: number,
  answerAs: 'auto' | 'bytes' = 'auto',
): Promise<{ type?: string; body?: LaneAnswerBody; isTooDeep?: true; size: number }> {
  const type = response.headers.get('content-type') ?? undefined;
  if (!response.body || response.status === 204 || response.status === 304) return { size: 0 };
  if (!type && answerAs === 'auto') return { size: 0 };
  const bytes = await readBody(response, limitBytes);
  const mediaType = (type ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const read = answerAs === 'bytes' ? undefined : readAs(mediaType, charsetOf(type), bytes);
  if (read === 'nothing') return { size: 0 };
  if (read === 'tooDeep') return { isTooDeep: true, size: bytes.byteLength };
  return {
    size: bytes.byteLength,
    type: type ?? 'application/octet-stream',
    body: read ?? { kind: 'raw', bytes: bytes.buffer, type: mediaType },
  };
}

/** Bytes in the form that their media type has; undefined for types that are no text, and for what is no such text. */
function readAs(
  mediaType: string,
  charset: string | undefined,
  bytes: Uint8Array<ArrayBuffer>,
): LaneAnswerBody | 'nothing' | 'tooDeep' | undefined {
  const isJson = mediaType === 'application/json' || mediaType === 'application/x+json' || mediaType.endsWith('+json');
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  if (!isJson && !isForm && !isText(mediaType)) return undefined;
  if (isJson && /^(utf-?8)?$/i.test(charset ?? '')) {
    const fault = judgeJson(bytes);
    if (fault === 'tooDeep') return fault;
    if (!fault) return { kind: 'jsonBytes', bytes: bytes.buffer };
  }
  const text = decodeText(bytes, charset);
  if (text === undefined) return undefined;
  if (text === '' && !isForm) return 'nothing';
  if (isForm) {
    const entries = [...new URLSearchParams(text)];
    // Percent sequences that are not UTF-8 have been replaced by U+FFFD.
    const isLossy = JSON.stringify(entries).includes('\ufffd') && !/\ufffd|%EF%BF%BD/i.test(text);
    return isLossy ? undefined : { kind: 'urlencoded', entries };
  }
  return (isJson && charset && readAs(mediaType, undefined, new TextEncoder().encode(text))) || { kind: 'text', text };
}

/**
 * An answer in the form that crosses a channel. What has to be JSON and is none becomes the failure that the answer
 * names for it.
 */
export function asReply(outcome: Outcome<ApiAnswer>): Outcome<ExecuteReply> {
  if (!outcome.ok) return outcome;
  const { body, unreadable, ...rest } = outcome.data;
  if (!body) return success(rest);
  const encoded = encodeAnswer(body);
  if (unreadable && encoded.kind !== 'json') return { ok: false, error: unreadable };
  return success({ ...rest, body: encoded });
}

/** The body in the form that crosses a channel. What only claims to be JSON is text, or bytes where it is no text. */
function encodeAnswer(body: LaneAnswerBody): EncodedBody {
  if (body.kind === 'raw') return { kind: 'bytes', base64: encodeBase64(new Uint8Array(body.bytes)), type: body.type };
  if (body.kind !== 'jsonBytes') return body;
  const value = jsonOf(body);
  if (value !== undefined) return { kind: 'json', value };
  const bytes = new Uint8Array(body.bytes);
  const text = decodeText(bytes);
  return text === undefined
    ? { kind: 'bytes', base64: encodeBase64(bytes), type: 'application/json' }
    : { kind: 'text', text };
}

function charsetOf(type: string | undefined): string | undefined {
  return /;\s*charset=\s*["']?([^\s"';]+)/i.exec(type ?? '')?.[1];
}

/** @returns undefined where bytes would be lost, or for an unknown charset */
function decodeText(bytes: Uint8Array, charset = 'utf-8'): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isText(mediaType: string): boolean {
  return (
    mediaType.startsWith('text/') ||
    /[/+]xml$/.test(mediaType) ||
    mediaType.startsWith('image/svg') ||
    mediaType.includes('javascript')
  );
}
