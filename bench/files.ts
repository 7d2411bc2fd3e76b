import type { Frame, Page } from 'playwright-core';
import { callAs, valueOf } from '../test/e2e/deskPage.ts';

interface PageGlobals {
  connection: import('../src/client/index.ts').SalesforceConnection;
  send(path: string, init?: RequestInit): Promise<Response>;
}

export const megabytes = 10;
const size = megabytes * 1_048_576;

/** Milliseconds that an app takes to save a new file, until it knows its ids; and the id of its version. */
export async function timeUpload(app: Frame): Promise<{ took: number; versionId: string }> {
  return valueOf(
    await callAs(
      app,
      async ({ uploadFile }, bytes) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const content = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
        const start = performance.now();
        const { versionId } = await uploadFile(connection, { name: 'bench.bin', content });
        return { took: performance.now() - start, versionId };
      },
      size,
    ),
  );
}

/** Milliseconds that an app takes to read a file. @throws Error for another size. */
export async function timeDownload(app: Frame, versionId: string): Promise<number> {
  const [took, bytes] = valueOf(
    await callAs(
      app,
      async ({ downloadFile }, id) => {
        const { connection } = globalThis as unknown as PageGlobals;
        const start = performance.now();
        const { byteLength } = await downloadFile(connection, id);
        return [performance.now() - start, byteLength] as const;
      },
      versionId,
    ),
  );
  return checked(took, bytes);
}

/** The same as {@link timeUpload} with bare `fetch`: the same two requests, the same bytes. */
export function timeBareUpload(page: Frame | Page): Promise<{ took: number; versionId: string }> {
  return page.evaluate(async (bytes) => {
    const { send } = globalThis as unknown as PageGlobals;
    const content = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
    const start = performance.now();
    const boundary = `bench-${crypto.randomUUID()}`;
    const part = (name: string, more: string, type: string): string =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\nContent-Type: ${type}\r\n\r\n`;
    const body = new Blob([
      part('entity_content', '', 'application/json'),
      JSON.stringify({ PathOnClient: 'bench.bin', Title: 'bench' }),
      `\r\n${part('VersionData', '; filename="bench.bin"', 'application/octet-stream')}`,
      content,
      `\r\n--${boundary}--\r\n`,
    ]);
    const sobjects = '/services/data/v66.0/sobjects/ContentVersion';
    const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` };
    const { id } = (await (await send(sobjects, { method: 'POST', headers, body })).json()) as { id: string };
    await (await send(`${sobjects}/${id}?fields=ContentDocumentId`)).json();
    return { took: performance.now() - start, versionId: id };
  }, size);
}

/** The same as {@link timeDownload} with bare `fetch`. */
export async function timeBareDownload(page: Frame | Page, versionId: string): Promise<number> {
  const [took, bytes] = await page.evaluate(async (id) => {
    const { send } = globalThis as unknown as PageGlobals;
    const start = performance.now();
    const answer = await send(`/services/data/v66.0/sobjects/ContentVersion/${id}/VersionData`);
    const { byteLength } = await answer.arrayBuffer();
    return [performance.now() - start, byteLength] as const;
  }, versionId);
  return checked(took, bytes);
}

function checked(took: number, bytes: number): number {
  if (bytes !== size) throw new Error(`${bytes} bytes instead of ${size}`);
  return took;
}
