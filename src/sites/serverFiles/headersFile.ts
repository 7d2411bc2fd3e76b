import { headersOf } from '../siteHeaders.ts';
import type { BuiltSite } from './builtSite.ts';

/**
 * A site's `_headers`, as Cloudflare Pages and Netlify read it. Every file has an entry of its own: headers of
 * overlapping rules are joined there, and two content security policies allow only what both allow.
 */
export function headersFile({ files, headers }: BuiltSite): string {
  const paths = files.flatMap((file) => (file === '/index.html' ? ['/', file] : [file])).sort();
  return paths
    .map((path) =>
      [path, ...Object.entries(headersOf(headers, path)).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}
