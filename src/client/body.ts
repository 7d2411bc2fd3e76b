import { decodeBase64, decodeParts, encodeBase64 } from '../channel/bodyForms.ts';
import type { EncodedBody } from '../channel/encodedBody.ts';
import type { LaneAnswerBody, LaneRequestBody } from '../channel/laneBodies.ts';
import { parseJson } from '../channel/parseJson.ts';
import { ParameterError } from './errors.ts';

/**
 * Puts the data of a request into the form that crosses a lane. Bytes are copied into a `Blob`, which crosses
 * a lane without being copied again: what is sent is what was there at the call, and the caller keeps its own.
 *
 * @param data nothing, a string (sent as it is), `FormData`, `URLSearchParams`, `Blob`, `ArrayBuffer`, a view of one,
 *   or anything else that JSON can express, `null` included
 * @throws {@link ParameterError} for what JSON cannot express
 */
export function readBody(data: unknown): LaneRequestBody | undefined {
  if (data === undefined) return undefined;
  if (typeof data === 'string') return { kind: 'text', text: data };
  if (data instanceof FormData) return { kind: 'form', parts: [...data].map(([name, value]) => ({ name, value })) };
  if (data instanceof URLSearchParams) return { kind: 'urlencoded', entries: [...data] };
  // Like `fetch`, which gives plain bytes no content type either.
  if (data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data))
    return { kind: 'raw', bytes: new Blob([data as BlobPart]), type: data instanceof Blob ? data.type : '' };
  return { kind: 'jsonText', json: asJson(data) };
}

function asJson(data: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch {
    throw new ParameterError('The data cannot be expressed as JSON: it refers to itself or holds a BigInt.');
  }
  if (json === undefined) throw new ParameterError(`The data cannot be expressed as JSON: it is a ${typeof data}.`);
  return json;
}

/**
 * Puts a body into the form that crosses a channel. Runtimes differ in how they copy a message (JSON or structured
 * clone): of this they cannot.
 */
export async function encodeBody(body: LaneRequestBody): Promise<EncodedBody> {
  switch (body.kind) {
    case 'jsonText':
      return { kind: 'json', value: JSON.parse(body.json) };
    case 'raw':
      return { kind: 'bytes', base64: await base64Of(body.bytes), type: body.type };
    case 'form':
      return {
        kind: 'multipart',
        parts: await Promise.all(
          body.parts.map(async ({ name, value }) =>
            typeof value === 'string'
              ? { name, value }
              : { name, base64: await base64Of(value), type: value.type, fileName: value.name },
          ),
        ),
      };
    default:
      return body;
  }
}

async function base64Of(content: Blob): Promise<string> {
  return encodeBase64(new Uint8Array(await content.arrayBuffer()));
}

/**
 * Turns the body of an answer back into what the caller works with: object, string, `ArrayBuffer` or `FormData`.
 *
 * @param isData whether it has to be JSON that says so. Otherwise it may be text, or bytes where it is no text
 * @throws Error for what cannot be decoded
 */
export function decodeBody(body: EncodedBody | LaneAnswerBody, isData: boolean): unknown {
  switch (body.kind) {
    case 'jsonBytes': {
      let text: string | undefined;
      try {
        return parseJson((text = new TextDecoder('utf-8', { fatal: true }).decode(body.bytes)));
      } catch (error) {
        if (isData) throw error;
        return text ?? body.bytes;
      }
    }
    case 'json':
      return body.value;
    case 'text':
      return body.text;
    case 'raw':
      return body.bytes;
    case 'bytes':
      return decodeBase64(body.base64).buffer;
    case 'urlencoded':
      return decodeParts(body.entries.map(([name, value]) => ({ name, value })));
    case 'multipart':
      return decodeParts(body.parts);
  }
}
