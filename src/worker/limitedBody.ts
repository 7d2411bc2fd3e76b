/** Thrown when an answer is larger than is accepted. */
export class OversizeAnswer extends Error {
  constructor() {
    super('The answer is larger than is accepted.');
    this.name = 'OversizeAnswer';
  }
}

/**
 * Reads an answer's whole body, up to a limit of bytes.
 *
 * @throws {OversizeAnswer} without reading further than the limit.
 */
export async function readBody(response: Response, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(response.headers.get('content-length') ?? 0) > limitBytes) {
    await response.body?.cancel();
    throw new OversizeAnswer();
  }
  if (!response.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > limitBytes) {
      await reader.cancel();
      throw new OversizeAnswer();
    }
    chunks.push(read.value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
