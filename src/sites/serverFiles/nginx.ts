import { certificateOf, documentType, mediaTypes, plainDocuments, type BuiltSite } from './builtSite.ts';

/**
 * The sites as server blocks for nginx, to be included in its `http` block. A host that is none of theirs is answered
 * by no page.
 *
 * @param certificates Folder that has for each host of https a certificate chain, `HOST.pem`, and its key, `HOST.key`.
 * @see https://nginx.org/en/docs/http/ngx_http_headers_module.html: `add_header` of a location takes the place of
 *   those outside it.
 */
export function nginxConfiguration(sites: readonly BuiltSite[], certificates = '/etc/nginx/certificates'): string {
  const listeners = [...new Set(sites.map(({ origin }) => listenerOf(origin).listen))];
  return `${[...listeners.map(otherHosts), ...sites.map((site) => serverBlock(site, certificates))].join('\n\n')}\n`;
}

function listenerOf(origin: string): { listen: string; host: string; isHttps: boolean } {
  const { protocol, hostname, port } = new URL(origin);
  const isHttps = protocol === 'https:';
  const number = port || (isHttps ? '443' : '80');
  return { listen: isHttps ? `${number} ssl` : `127.0.0.1:${number}`, host: hostname, isHttps };
}

/** Refuses requests for any other host name, as in DNS rebinding. */
function otherHosts(listen: string): string {
  const answer = listen.endsWith(' ssl') ? 'ssl_reject_handshake on;' : 'return 421;';
  return `server {\n  listen ${listen} default_server;\n  server_name _;\n  ${answer}\n}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
/** nginx reads a `$` as a variable, whatever the quotes. */
function singleQuoted(text: string): string {
  if (text.includes('$')) throw new Error(`nginx cannot send a text with a dollar sign: ${text}`);
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
const asDocument = ['types { }', `default_type ${documentType};`];
const addHeaders = (headers: Record<string, string>): string[] =>
  Object.entries(headers).map(([name, value]) => `add_header ${name} ${quoted(value)} always;`);

function serverBlock(site: BuiltSite, certificates: string): string {
  const { name, origin, folder, headers, missing = {} } = site;
  const plain = new Map(plainDocuments(site).map(({ document, file }) => [document, file]));
  const { listen, host, isHttps } = listenerOf(origin);
  const types = Object.entries(mediaTypes).map(([extension, type]) => `${type} ${extension.slice(1)};`);
  const location = (match: string, of: Record<string, string>, more: string[] = []): string[] => [
    `location ${match} {`,
    ...[...addHeaders(of), ...more].map((line) => `  ${line}`),
    '}',
  ];
  return [
    `# ${name}`,
    'server {',
    ...[
      `listen ${listen};`,
      `server_name ${host};`,
      ...(isHttps
        ? [
            `ssl_certificate ${quoted(certificateOf(certificates, host, 'pem'))};`,
            `ssl_certificate_key ${quoted(certificateOf(certificates, host, 'key'))};`,
          ]
        : []),
      `root ${quoted(folder.replaceAll('\\', '/'))};`,
      'index index.html;',
      'server_tokens off;',
      'absolute_redirect off;',
      'charset utf-8;',
      'charset_types text/javascript text/css application/json;',
      `types { ${types.join(' ')} }`,
      'default_type application/octet-stream;',
      'gzip on;',
      'gzip_types text/javascript text/css application/json image/svg+xml;',
      ...Object.entries(headers.exactly).flatMap(([path, of]) => {
        const file = plain.get(path);
        return location(`= ${path}`, of, file === undefined ? [] : [...asDocument, `try_files ${file} =404;`]);
      }),
      ...Object.entries(missing).flatMap(([beginning, body]) =>
        location(beginning, headers.otherwise, [...asDocument, `return 404 ${singleQuoted(JSON.stringify(body))};`]),
      ),
      ...location('/', headers.otherwise, ['try_files $uri $uri/index.html =404;']),
    ].map((line) => `  ${line}`),
    '}',
  ].join('\n');
}
