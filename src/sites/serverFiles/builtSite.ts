import type { Site } from '../describeSites.ts';

/** A site whose files lie in a folder, ready to be served. */
export interface BuiltSite extends Site {
  /** Absolute, where the server will find it. */
  folder: string;
  /** Its files, documents among them, as paths that begin with a slash. */
  files: readonly string[];
}

/** Path of a host's certificate chain (`pem`) or key. */
export function certificateOf(folder: string, host: string, part: 'pem' | 'key'): string {
  return `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/${host}.${part}`;
}

/** Media types of the files of a site, by extension. */
export const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.map': 'application/json',
};
