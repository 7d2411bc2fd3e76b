import { certificateOf, documentType, plainDocuments, type BuiltSite } from './builtSite.ts';

/**
 * The sites as a Caddyfile.
 *
 * @param certificates As for nginx. Without a folder Caddy gets them by itself, which it can for public hosts.
 *
 * @see https://caddyserver.com/docs/caddyfile/directives/handle: of several `handle` blocks one acts.
 */
export function caddyConfiguration(sites: readonly BuiltSite[], certificates?: string): string {
  return `${[...sites.map((site) => siteBlock(site, certificates)), ...otherHosts(sites)].join('\n\n')}\n`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', String.raw`\"`)}"`;
const isHere = (origin: string): boolean => origin.startsWith('http:');

function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), '}'];
}

function siteBlock(site: BuiltSite, certificates: string | undefined): string {
  const { name, origin, folder, headers, missing = {} } = site;
  const plain = new Map(plainDocuments(site).map(({ document, file }) => [document, file]));
  const { hostname } = new URL(origin);
  const headerBlock = (of: Record<string, string>): string[] =>
    block('header', [...Object.entries(of).map(([header, value]) => `${header} ${quoted(value)}`), '-Server']);
  const handle = (path: string, of: Record<string, string>): string[] => {
    const file = plain.get(path);
    const sent = file === undefined ? of : { ...of, 'Content-Type': documentType };
    const found = file === undefined || file === path ? [] : [`rewrite * ${file}`];
    return block(`handle${path && ` ${path}`}`, [...headerBlock(sent), ...found, 'file_server']);
  };
  return [
    `# ${name}`,
    ...block(origin, [
      ...(isHere(origin) ? ['bind 127.0.0.1'] : []),
      ...(!isHere(origin) && certificates !== undefined
        ? [
            `tls ${quoted(certificateOf(certificates, hostname, 'pem'))} ${quoted(certificateOf(certificates, hostname, 'key'))}`,
          ]
        : []),
      `root * ${quoted(folder.replaceAll('\\', '/'))}`,
      'encode gzip',
      // A static site takes no other methods.
      '@other not method GET HEAD',
      ...block('handle @other', ['respond 405']),
      ...Object.entries(headers.exactly).flatMap(([path, of]) => handle(path, of)),
      ...Object.entries(missing).flatMap(([beginning, body]) =>
        block(`handle ${beginning}*`, [
          ...headerBlock({ ...headers.otherwise, 'Content-Type': documentType }),
          `respond \`${JSON.stringify(body).replaceAll('`', "'")}\` 404`,
        ]),
      ),
      ...handle('', headers.otherwise),
    ]),
  ].join('\n');
}

/** Refuses other hosts on these ports: by default Caddy answers them with 200 and an empty body. */
function otherHosts(sites: readonly BuiltSite[]): string[] {
  const ports = new Set(sites.filter(({ origin }) => isHere(origin)).map(({ origin }) => new URL(origin).port || '80'));
  return [...ports].map((port) => block(`http://:${port}`, ['bind 127.0.0.1', 'respond 421']).join('\n'));
}
