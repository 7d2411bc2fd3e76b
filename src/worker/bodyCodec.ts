import type { EncodedBody } from '../channel/protocol.ts';
import { readBody } from './limitedBody.ts';
import { parseJson } from './parseJson.ts';

/**
 * What `fetch` is given for a body that came over the channel, with the content type it implies.
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
      return { body: fromBase64(body.base64), contentType: body.type || 'application/octet-stream' };
    case 'urlencoded':
      return { body: new URLSearchParams(body.entries), contentType: 'application/x-www-form-urlencoded' };
    case 'multipart': {
      const form = new FormData();
      for (const part of body.parts) {
        if ('value' in part) form.append(part.name, part.value);
        else form.append(part.name, new Blob([fromBase64(part.base64)], { type: part.type }), part.fileName);
      }
      // `fetch` adds the content type, as only it knows the boundary.
      return { body: form };
    }
  }
}

/**
 * Reads an answer's body by its content type, as `@openfin/salesforce` does; none without a content type.
 *
 * @throws {OversizeAnswer} for more than `limitBytes`.
 */
export async function encodeBody(response: Response, limitBytes: number): Promise<{ type?: string; body?: EncodedBody }> {
  const type = response.headers.get('content-type') ?? undefined;
  if (!type || response.status === 204 || response.status === 304) return {};
  const bytes = await readBody(response, limitBytes);
  const mediaType = type.split(';', 1)[0]!.trim().toLowerCase();
  if (mediaType === 'application/json' || mediaType === 'application/x+json' || mediaType.endsWith('+json')) {
    const text = utf8.decode(bytes);
    if (text === '') return {};
    try {
      return { type, body: { kind: 'json', value: parseJson(text) } };
    } catch {
      return { type, body: { kind: 'text', text } };
    }
  }
  if (mediaType === 'application/x-www-form-urlencoded') {
    return { type, body: { kind: 'urlencoded', entries: [...new URLSearchParams(utf8.decode(bytes))] } };
  }
  if (isText(mediaType)) {
    const charset = /charset=["']?([\w-]+)/i.exec(type)?.[1];
    const text = decoderFor(charset).decode(bytes);
    return text === '' ? {} : { type, body: { kind: 'text', text } };
  }
  return { type, body: { kind: 'bytes', base64: toBase64(bytes), type: mediaType } };
}

const utf8 = new TextDecoder();

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return utf8;
  }
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith('text/') || /[/+]xml$/.test(mediaType) || mediaType.startsWith('image/svg') || mediaType.includes('javascript');
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** `String.fromCharCode` takes its bytes as arguments, of which an engine allows only so many. */
const charactersPerCall = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += charactersPerCall) {
    binary += String.fromCharCode(...bytes.subarray(start, start + charactersPerCall));
  }
  return btoa(binary);
}
