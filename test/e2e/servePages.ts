/** Serves bundled test pages, one origin for each party. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Origin {
  url: string;
  files: Map<string, { type: string; body: string | Buffer }>;
  close: () => Promise<void>;
}

/** An HTTP server on a port of localhost, a free one by default; what it serves is put into `files` by path. */
export async function openOrigin(port = 0): Promise<Origin> {
  const files: Origin['files'] = new Map();
  const server: Server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    response
      .writeHead(file ? 200 : 404, { 'Content-Type': file?.type ?? 'text/plain', 'Access-Control-Allow-Origin': '*' })
      .end(file?.body ?? 'Not found');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Bundles page scripts.
 * @returns the script's text by its entry's name without extension.
 */
export async function bundlePages(entries: readonly string[]): Promise<(name: string) => string> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'pages-'));
  try {
    await promisify(execFile)(process.execPath, [
      path.join(import.meta.dirname, 'bundlePages.mjs'),
      outDir,
      ...entries,
    ]);
    const scripts = new Map(
      entries
        .map((entry) => path.basename(entry, path.extname(entry)))
        .map((name) => [name, readFileSync(path.join(outDir, `${name}.js`), 'utf8')]),
    );
    return (name) => scripts.get(name) ?? '';
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Adds a page with nothing but its script to an origin. */
export function addPage(origin: Origin, page: string, script: string): void {
  const name = `${page.replace(/\.html$/, '')}.js`;
  origin.files.set(name, { type: 'text/javascript', body: script });
  origin.files.set(page, {
    type: 'text/html',
    body: `<!doctype html><title>loading</title><body><script type="module" src="${name}"></script></body>`,
  });
}
