/** 128 random bits as hex. Unlike `crypto.randomUUID` it works on pages that are not a secure context. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
