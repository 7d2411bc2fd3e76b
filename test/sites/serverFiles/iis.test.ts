/** `web.config` as an XML parser reads it, with the rules of IIS: a `clear` takes away what comes from above. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { iisConfiguration } from '../../../src/sites/serverFiles/iis.ts';
import { plainDocuments } from '../../../src/sites/serverFiles/builtSite.ts';
import { headersOf } from '../../../src/sites/siteHeaders.ts';
import { z } from '../../../src/zod.ts';
import { builtSites, pathsOf } from './builtSites.ts';

const lists = new Set(['add', 'location', 'mimeMap', 'remove']);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  processEntities: true,
  isArray: (name) => lists.has(name),
});

const httpProtocol = z.strictObject({
  customHeaders: z.strictObject({
    clear: z.literal(''),
    add: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),
});
const staticContent = z.strictObject({
  remove: z.array(z.strictObject({ fileExtension: z.string() })),
  mimeMap: z.array(z.strictObject({ fileExtension: z.string(), mimeType: z.string() })),
});
const defaultDocument = z.looseObject({
  files: z.strictObject({ clear: z.literal(''), add: z.array(z.strictObject({ value: z.string() })) }),
});
const configuration = z.strictObject({
  'system.webServer': z.looseObject({
    httpProtocol,
    staticContent,
    security: z.strictObject({
      requestFiltering: z.strictObject({
        removeServerHeader: z.literal('true'),
        verbs: z.strictObject({
          allowUnlisted: z.literal('false'),
          add: z.array(z.strictObject({ verb: z.string(), allowed: z.literal('true') })),
        }),
      }),
    }),
  }),
  location: z
    .array(
      z.strictObject({
        path: z.string(),
        'system.webServer': z.strictObject({
          httpProtocol,
          staticContent: staticContent.optional(),
          defaultDocument: defaultDocument.optional(),
        }),
      }),
    )
    .default([]),
});

function read(text: string) {
  expect(XMLValidator.validate(text)).toBe(true);
  const parsed = z.object({ configuration }).parse(parser.parse(text)).configuration;
  const headers = (of: z.infer<typeof httpProtocol>): Record<string, string> => {
    const { add } = of.customHeaders;
    // IIS refuses the whole file where one name comes twice.
    expect(new Set(add.map(({ name }) => name.toLowerCase())).size).toBe(add.length);
    return Object.fromEntries(add.map(({ name, value }) => [name, value]));
  };
  const server = parsed['system.webServer'];
  return {
    server,
    ofLocation: (asked: string) => parsed.location.find((one) => one.path === asked.slice(1))?.['system.webServer'],
    locations: parsed.location.map((location) => location.path),
    /** IIS answers `/` with the default document. */
    headersAt(asked: string): Record<string, string> {
      const file = asked === '/' ? 'index.html' : asked.slice(1);
      const location = parsed.location.find((one) => one.path.toLowerCase() === file.toLowerCase());
      return headers((location?.['system.webServer'] ?? server).httpProtocol);
    },
  };
}

describe.each(builtSites.map((site) => [site.title, site] as const))('%s', (_title, site) => {
  it('sends with each page, by web.config, exactly what the configuration makes of it', () => {
    const { headersAt, locations } = read(iisConfiguration(site));
    for (const asked of pathsOf(site))
      expect([asked, headersAt(asked)]).toEqual([asked, headersOf(site.headers, asked)]);
    expect(new Set(locations).size).toBe(locations.length);
    expect(locations.map((location) => `/${location}`).sort()).toEqual(Object.keys(site.headers.exactly).sort());
  });

  it('answers GET and HEAD only, names each kind of file, and says nothing of the server', () => {
    const { server } = read(iisConfiguration(site));
    expect(server.security.requestFiltering.verbs.add.map(({ verb }) => verb)).toEqual(['GET', 'HEAD']);
    const mapped = server.staticContent.mimeMap.map(({ fileExtension }) => fileExtension);
    // A kind that the server knows already would otherwise be an error of the whole file.
    expect(server.staticContent.remove.map(({ fileExtension }) => fileExtension)).toEqual(mapped);
    const plain = plainDocuments(site).map(({ file }) => file);
    for (const file of site.files.filter((one) => !plain.includes(one)))
      expect(mapped).toContain(/\.\w+$/.exec(file)![0]);
  });

  it('answers documents without an extension as JSON, and a folder of them with its list', () => {
    const { ofLocation } = read(iisConfiguration(site));
    for (const { document, file } of plainDocuments(site)) {
      const { staticContent: kinds, defaultDocument: list } = ofLocation(document)!;
      if (file === document) expect(kinds?.mimeMap).toEqual([{ fileExtension: '.', mimeType: 'application/json' }]);
      else expect(`${document}/${list?.files.add[0]?.value}`).toBe(file);
    }
  });

  it('is read the same with the line ends of Windows', () => {
    const text = iisConfiguration(site);
    expect(read(text.replaceAll('\n', '\r\n')).server).toEqual(read(text).server);
  });
});

it('takes any character of a header for itself', () => {
  const headers = { 'X-Test': `a"b'c<d>&amp;e` };
  const site = { ...builtSites[0]!, headers: { exactly: { '/a&b.html': headers }, otherwise: headers } };
  const { headersAt } = read(iisConfiguration(site));
  expect([headersAt('/'), headersAt('/a&b.html')]).toEqual([headers, headers]);
});
