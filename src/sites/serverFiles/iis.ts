import { documentType, extensionOf, mediaTypes, plainDocuments, type BuiltSite } from './builtSite.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * A site's `web.config` for IIS 10.
 *
 * @see https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httpprotocol/customheaders/
 */
export function iisConfiguration(site: BuiltSite): string {
  const { headers } = site;
  const plain = new Map(plainDocuments(site).map(({ document, file }) => [document, file]));
  const customHeaders = (of: Record<string, string>): string[] => [
    '<httpProtocol>',
    '  <customHeaders>',
    '    <clear />',
    ...Object.entries(of).map(([name, value]) => `    <add name="${name}" value="${escaped(value)}" />`),
    '  </customHeaders>',
    '</httpProtocol>',
  ];
  const mimeMaps = Object.entries(mediaTypes).flatMap(([extension, type]) => [
    `  <remove fileExtension="${extension}" />`,
    `  <mimeMap fileExtension="${extension}" mimeType="${type}" />`,
  ]);
  const indent = (lines: readonly string[], by: number): string[] => lines.map((line) => ' '.repeat(by) + line);
  const exactly = Object.entries(headers.exactly).flatMap(([document, of]) => [
    `  <location path="${escaped(document.slice(1))}">`,
    '    <system.webServer>',
    ...indent(customHeaders(of), 6),
    ...indent(asDocument(document, plain.get(document)), 6),
    '    </system.webServer>',
    '  </location>',
  ]);
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<configuration>',
    '  <system.webServer>',
    ...indent(customHeaders(headers.otherwise), 4),
    ...indent(['<staticContent>', ...mimeMaps, '</staticContent>'], 4),
    '    <defaultDocument enabled="true">',
    '      <files>',
    '        <clear />',
    '        <add value="index.html" />',
    '      </files>',
    '    </defaultDocument>',
    '    <directoryBrowse enabled="false" />',
    '    <security>',
    '      <requestFiltering removeServerHeader="true">',
    '        <verbs allowUnlisted="false">',
    '          <add verb="GET" allowed="true" />',
    '          <add verb="HEAD" allowed="true" />',
    '        </verbs>',
    '      </requestFiltering>',
    '    </security>',
    '  </system.webServer>',
    ...exactly,
    '</configuration>',
  ].join('\n')}\n`;
}

/**
 * What makes a file without a known extension a document, and an `index.json` the answer for its folder: IIS redirects
 * `/v2/apps` to `/v2/apps/`.
 */
function asDocument(document: string, file: string | undefined): string[] {
  if (file === undefined) return [];
  if (file !== document)
    return [
      '<defaultDocument>',
      '  <files>',
      '    <clear />',
      `    <add value="${file.slice(document.length + 1)}" />`,
      '  </files>',
      '</defaultDocument>',
    ];
  // IIS calls the files without an extension by a dot.
  const extension = escaped(extensionOf(document) || '.');
  return [
    '<staticContent>',
    `  <remove fileExtension="${extension}" />`,
    `  <mimeMap fileExtension="${extension}" mimeType="${documentType}" />`,
    '</staticContent>',
  ];
}
