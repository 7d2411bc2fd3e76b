import { decodeBase64, decodeParts, encodeBase64 } from '../channel/bodyForms.ts';
import type { EncodedBody } from '../channel/encodedBody.ts';
import { readBody } from './limitedBody.ts';
import { parseJson } from './parseJson.ts';

/**
 * Turns a body that came over the channel into what `fetch` takes, with the content type that it implies.
 *
 * @throws DOMException for bytes that are no base64.
 */
export function decodeBody(body: EncodedBody | undefined): { body?: BodyInit; contentType?: string } {
  switch (body?.kind) {
    case undefined:
      return {};
    case 'json':
      return { body: JSON.stringify(body.value), contentType: 'application/json' };
    case 'text':
      return { body: body.text, contentType: 'application/json' };
    case 'bytes':
      return { body: decodeBase64(body.base64), contentType: body.type || 'application/octet-stream' };
    case 'urlencoded':
      return { body: new URLSearchParams(body.entries), contentType: 'application/x-www-form-urlencoded' };
    case 'multipart':
      // `fetch` adds the content type, as only it knows the boundary.
      return { body: decodeParts(body.parts) };
  }
}

/**
 * Reads an answer's body by its content type, as `@openfin/salesforce` does; none without a content type. Text is
 * decoded by its charset (UTF-8 if none is named). What cannot be decoded without loss, or is asked for as bytes, stays
 * bytes.
 *
 * @throws {OversizeAnswer} for more than `limitBytes`.
 */
export async function encodeBody(
  response: Response,
  limitBytes: number,
  answerAs: 'auto' | 'bytes' = 'auto',
): Promise<{ type?: string; body?: EncodedBody; size: number }> {
  const type = response.headers.get('content-type') ?? undefined;
  if (!response.body || response.status === 204 || response.status === 304) return { size: 0 };
  if (!type && answerAs === 'auto') return { size: 0 };
  const bytes = await readBody(response, limitBytes);
  const mediaType = (type ?? '').split(';', 1)[0]!.trim().toLowerCase();
  const decoded = answerAs === 'bytes' ? undefined : decodeAs(mediaType, decodeText(bytes, charsetOf(type)));
  if (decoded === 'nothing') return { size: 0 };
  return {
    size: bytes.byteLength,
    type: type ?? 'application/octet-stream',
    body: decoded ?? { kind: 'bytes', base64: encodeBase64(bytes), type: mediaType },
  };
}

/**
 * A text in the form that its media type has; undefined for types that are no text, and for text that could not be
 * decoded.
 */
function decodeAs(mediaType: string, text: string | undefined): EncodedBody | 'nothing' | undefined {
  if (text === undefined) return undefined;
  const isJson = mediaType === 'application/json' || mediaType === 'application/x+json' || mediaType.endsWith('+json');
  if ((isJson || isText(mediaType)) && text === '') return 'nothing';
  if (isJson) {
    try {
      return { kind: 'json', value: parseJson(text) };
    } catch {
      return { kind: 'text', text };
    }
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    const entries = [...new URLSearchParams(text)];
    // Percent sequences that are not UTF-8 have been replaced by U+FFFD.
    const isLossy = JSON.stringify(entries).includes('\ufffd') && !/\ufffd|%EF%BF%BD/i.test(text);
    return isLossy ? undefined : { kind: 'urlencoded', entries };
  }
  return isText(mediaType) ? { kind: 'text', text } : undefined;
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
