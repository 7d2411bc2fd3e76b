import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ServedSite } from '../../src/sites/serve/serveSites.ts';

/** Folder in which `npm run docs` puts the documentation. */
const documentationFolder = path.resolve(import.meta.dirname, '../../dist/docs');

const scripts = /<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g;

/**
 * The documentation as a site of the desk. Its pages may run the scripts that were built
 * into them, each by its hash, and load nothing from elsewhere; the colours of samples are style attributes.
 *
 * @returns undefined when it has not been built.
 * @see https://www.w3.org/TR/CSP3/#framework-directive-source-list
 */
export async function documentationSite(origin: string, folder = documentationFolder): Promise<ServedSite | undefined> {
  if (!documentationIsBuilt(folder)) return undefined;
  const policy = {
    'default-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'script-src': ["'self'", ...(await hashesOfScripts(folder))].join(' '),
    'style-src': "'self'",
    'style-src-attr': "'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    // Name of Vue's policy, for the markup that was built into the pages' own scripts.
    'require-trusted-types-for': "'script'",
    'trusted-types': 'vue',
  };
  return {
    name: 'docs',
    origin,
    folder,
    documents: {},
    headers: {
      exactly: {},
      otherwise: {
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Security-Policy': Object.entries(policy)
          .map(([directive, value]) => `${directive} ${value}`)
          .join('; '),
      },
    },
  };
}

/** Whether `npm run docs` has built the documentation. */
export function documentationIsBuilt(folder = documentationFolder): boolean {
  return existsSync(path.join(folder, 'index.html'));
}

/** Hashes of the inline scripts. The generator writes the same few into each page. */
async function hashesOfScripts(folder: string): Promise<string[]> {
  const pages = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.html'));
  const texts = await Promise.all(pages.map((file) => readFile(path.join(folder, file), 'utf8')));
  const inline = texts
    .flatMap((text) => [...text.matchAll(scripts)].map(([, script]) => script!))
    .filter((script) => script !== '');
  return [...new Set(inline)].map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}
