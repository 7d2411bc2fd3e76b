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

/** Media type of the documents, whose paths may have no extension that a server knows. */
export const documentType = 'application/json';

/** Of a path: with its dot, and empty where there is none. */
export const extensionOf = (file: string): string => /\.[^./]+$/.exec(file)?.[0] ?? '';

/** The documents of a site that no server knows the media type of, by their path and the file that they lie in. */
export function plainDocuments({ documents }: Pick<Site, 'documents'>): { document: string; file: string }[] {
  return Object.keys(documents)
    .filter((document) => !Object.hasOwn(mediaTypes, extensionOf(document)))
    .map((document) => ({ document, file: fileOf(document, documents) }));
}

/** Where a document lies in its site's folder: one below which there are others is the index of their folder. */
export function fileOf(document: string, documents: Readonly<Record<string, unknown>>): string {
  const hasOthersBelow = Object.keys(documents).some((other) => other.startsWith(`${document}/`));
  return hasOthersBelow ? `${document}/index.json` : document;
}

/** Names that every file system takes, and every server's configuration reads as nothing else. */
const safePath = /^(?:\/[\w~-][\w.~-]*)+$/;

/**
 * A site without the documents that cannot be files everywhere, such as that of an app whose id has a space.
 *
 * @returns their paths too
 */
export function withSafeNames<S extends Site>(site: S): { site: S; leftOut: string[] } {
  const isSafe = ([document]: [string, unknown]) => safePath.test(document);
  const leftOut = Object.keys(site.documents).filter((document) => !safePath.test(document));
  return {
    site: {
      ...site,
      documents: Object.fromEntries(Object.entries(site.documents).filter(isSafe)),
      headers: {
        ...site.headers,
        exactly: Object.fromEntries(
          Object.entries(site.headers.exactly).filter(([document]) => !leftOut.includes(document)),
        ),
      },
    },
    leftOut,
  };
}
