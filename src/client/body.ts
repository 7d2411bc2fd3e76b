import { decodeBase64, decodeParts, encodeBase64 } from '../channel/bodyForms.ts';
import type { EncodedBody } from '../channel/encodedBody.ts';
import { ParameterError } from './errors.ts';

/**
 * Puts the data of a request into the form that crosses the channel.
 *
 * @param data nothing, a string (sent as it is), `FormData`, `URLSearchParams`, `Blob`, `ArrayBuffer`, a view of one,
 *   or anything else that JSON can express, `null` included
 * @throws {@link ParameterError} for what JSON cannot express
 */
export async function encodeBody(data: unknown): Promise<EncodedBody | undefined> {
  if (data === undefined) return undefined;
  if (typeof data === 'string') return { kind: 'text', text: data };
  if (data instanceof FormData) {
    return { kind: 'multipart', parts: await Promise.all([...data].map(([name, value]) => encodePart(name, value))) };
  }
  if (data instanceof URLSearchParams) return { kind: 'urlencoded', entries: [...data] };
  if (data instanceof Blob) return { kind: 'bytes', base64: await encodeBlob(data), type: data.type };
  if (data instanceof ArrayBuffer) return bytes(new Uint8Array(data));
  if (ArrayBuffer.isView(data)) return bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return { kind: 'json', value: asJson(data) };
}

/** Like `fetch`, which gives plain bytes no content type either. */
function bytes(content: Uint8Array): EncodedBody {
  return { kind: 'bytes', base64: encodeBase64(content), type: '' };
}

async function encodePart(name: string, value: FormDataEntryValue) {
  if (typeof value === 'string') return { name, value };
  return { name, base64: await encodeBlob(value), type: value.type, fileName: value.name };
}

async function encodeBlob(blob: Blob): Promise<string> {
  return encodeBase64(new Uint8Array(await blob.arrayBuffer()));
}

/** Runtimes differ in how they copy a message (JSON or structured clone): after this they cannot. */
function asJson(data: unknown): unknown {
  let json: string | undefined;
  try {
    json = JSON.stringify(data);
  } catch {
    throw new ParameterError('The data cannot be expressed as JSON: it refers to itself or holds a BigInt.');
  }
  if (json === undefined) throw new ParameterError(`The data cannot be expressed as JSON: it is a ${typeof data}.`);
  return JSON.parse(json) as unknown;
}

/** Turns the body of an answer back into what the caller works with: object, string, `ArrayBuffer` or `FormData`. */
export function decodeBody(body: EncodedBody): unknown {
  switch (body.kind) {
    case 'json':
      return body.value;
    case 'text':
      return body.text;
    case 'bytes':
      return decodeBase64(body.base64).buffer;
    case 'urlencoded':
      return decodeParts(body.entries.map(([name, value]) => ({ name, value })));
    case 'multipart':
      return decodeParts(body.parts);
  }
}
