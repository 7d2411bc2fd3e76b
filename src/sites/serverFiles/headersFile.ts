import { headersOf } from '../siteHeaders.ts';
import { documentType, plainDocuments, type BuiltSite } from './builtSite.ts';

/**
 * A site's `_headers`, as Cloudflare Pages and Netlify read it. Every file has an entry of its own: headers of
 * overlapping rules are joined there, and two content security policies allow only what both allow.
 */
export function headersFile(site: BuiltSite): string {
  const { files, headers } = site;
  const plain = new Map(plainDocuments(site).map(({ document, file }) => [file, document]));
  const paths = files.flatMap((file) => (file === '/index.html' ? ['/', file] : [plain.get(file) ?? file])).sort();
  const sentAs = new Set(plain.values());
  return paths
    .map((path) => {
      const sent = { ...headersOf(headers, path), ...(sentAs.has(path) && { 'Content-Type': documentType }) };
      return [path, ...Object.entries(sent).map(([name, value]) => `  ${name}: ${value}`)].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}

/**
 * A site's `_redirects`, which the same hosts read: the documents that lie in files of other names.
 *
 * @returns an empty text where there are none
 */
export function redirectsFile(site: BuiltSite): string {
  return plainDocuments(site)
    .filter(({ document, file }) => file !== document)
    .map(({ document, file }) => `${document} ${file} 200\n`)
    .join('');
}
