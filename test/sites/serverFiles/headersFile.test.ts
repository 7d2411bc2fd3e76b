/** `_headers` as Netlify's own parser reads it; Cloudflare Pages has the same format. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllHeaders } from '@netlify/headers-parser';
import { plainDocuments, type BuiltSite } from '../../../src/sites/serverFiles/builtSite.ts';
import { headersFile, redirectsFile } from '../../../src/sites/serverFiles/headersFile.ts';
import { headersOf } from '../../../src/sites/siteHeaders.ts';
import { builtSites, pathsOf } from './builtSites.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headers-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Of all rules whose path fits: both hosts join what several say of one header. */
async function readBy(text: string) {
  const file = path.join(folder, '_headers');
  await writeFile(file, text);
  const { headers, errors } = await parseAllHeaders({ headersFiles: [file], configHeaders: undefined, minimal: true });
  return { rules: headers as { for: string; values: Record<string, string> }[], errors };
}

const isPlain = (site: BuiltSite, asked: string) => plainDocuments(site).some(({ document }) => document === asked);

describe.each(builtSites.map((site) => [site.title, site] as const))('%s', (_title, site) => {
  it('sends with each page, by its file of headers, exactly what the configuration makes of it', async () => {
    const { rules, errors } = await readBy(headersFile(site));
    expect(errors).toEqual([]);
    for (const asked of pathsOf(site))
      expect([asked, rules.filter((rule) => rule.for === asked).map(({ values }) => values)]).toEqual([
        asked,
        [{ ...headersOf(site.headers, asked), ...(isPlain(site, asked) && { 'Content-Type': 'application/json' }) }],
      ]);
    // One more would be joined to these, by a star or a placeholder.
    expect(rules.map((rule) => rule.for).sort()).toEqual(pathsOf(site).sort());
  });

  it('is read the same with the line ends of Windows', async () => {
    const text = headersFile(site);
    expect(await readBy(text.replaceAll('\n', '\r\n'))).toEqual(await readBy(text));
  });
});

it('has the list of apps answered from the file that it lies in, and asks for no other rewriting', () => {
  expect(builtSites.map(redirectsFile)).toEqual(
    builtSites.map(({ name }) => (name === 'platform' ? '/v2/apps /v2/apps/index.json 200\n' : '')),
  );
});
