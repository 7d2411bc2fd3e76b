import { headersOf } from '../siteHeaders.ts';
import type { BuiltSite } from './builtSite.ts';

/**
 * A site's `_headers`, as Cloudflare Pages and Netlify read it. Every file stands in it by itself: rules that overlap
 * are joined there, and two policies allow only what both do.
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
