/** Encodes and decodes bodies, for both ends of the channel. Without a schema library, as apps bundle this file. */
import type { EncodedBody } from './encodedBody.ts';

/** `String.fromCharCode` takes its bytes as arguments, of which an engine allows only so many. */
const bytesPerCall = 0x8000;

/** @returns the bytes as base64 (RFC 4648, 4) */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += bytesPerCall) {
    binary += String.fromCharCode(...bytes.subarray(start, start + bytesPerCall));
  }
  return btoa(binary);
}

/** @throws DOMException for what is no base64. */
export function decodeBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** @throws DOMException for a file that is no base64. */
export function decodeParts(parts: Extract<EncodedBody, { kind: 'multipart' }>['parts']): FormData {
  const form = new FormData();
  for (const part of parts) {
    if ('value' in part) form.append(part.name, part.value);
    else form.append(part.name, new Blob([decodeBase64(part.base64)], { type: part.type }), part.fileName);
  }
  return form;
}
