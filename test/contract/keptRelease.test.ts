/** What `npm run keep:release` keeps of this version for the tests of later ones. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isReleasedBy, keepRelease } from '../../scripts/keepRelease.ts';
import { clientVersion } from '../../src/client/version.ts';
import { unpack } from '../support/releasedClients.ts';
import { run } from './clientPackage/installedClient.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const fixtures = path.join(repository, 'test/fixtures');
const tarball = `clients/salesforce-interop-client-${clientVersion}.tgz`;
let folder: string;
let written: string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kept-release-'));
  const script = `import { keepRelease } from './scripts/keepRelease.ts';
    console.log(JSON.stringify(await keepRelease(${JSON.stringify(folder)}, false)));`;
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: repository,
  });
  written = (JSON.parse(stdout) as string[]).map((file) => path.relative(folder, file).replaceAll('\\', '/'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Texts by path. */
async function textsOf(client: string): Promise<Record<string, string>> {
  const files = (await readdir(client, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const entries = files.map(async ({ parentPath, name }) => {
    const file = path.join(parentPath, name);
    return [path.relative(client, file).replaceAll('\\', '/'), await readFile(file, 'utf8')] as const;
  });
  return Object.fromEntries((await Promise.all(entries)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
const exportsOf = async (client: string): Promise<string[]> =>
  Object.keys((await import(pathToFileURL(path.join(client, 'index.js')).href)) as object).sort();

it('is the protocol of this minor version: npm run keep:release writes it anew, or the minor goes up', async () => {
  const protocol = written.find((file) => file.startsWith('protocol/'))!;
  const read = async (from: string): Promise<unknown> => JSON.parse(await readFile(path.join(from, protocol), 'utf8'));
  expect(await read(fixtures)).toEqual(await read(folder));
});

it('is the client of this version: what it offers until it is released, and every byte from then on', async () => {
  expect(written).toContain(tarball);
  const [kept, fresh] = [path.join(folder, 'kept'), path.join(folder, 'fresh')];
  await unpack(path.join(fixtures, tarball), kept);
  await unpack(path.join(folder, tarball), fresh);
  const [keptTexts, freshTexts] = [await textsOf(kept), await textsOf(fresh)];
  expect(Object.keys(keptTexts)).toEqual(Object.keys(freshTexts));
  expect(Object.keys(keptTexts).filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(keptTexts['package.json']).toBe(freshTexts['package.json']);
  expect(await exportsOf(kept)).toEqual(await exportsOf(fresh));
  if (isReleasedBy(await readFile(path.join(repository, 'CHANGELOG.md'), 'utf8'), clientVersion))
    expect(keptTexts).toEqual(freshTexts);
});

it('is not changed once it is released', async () => {
  await expect(keepRelease(folder, true)).rejects.toThrow('raise the version first');
  const changelog = '# Changelog\r\n\r\n## [Unreleased]\r\n\r\n## [0.2.0] - 2026-12-01\r\n';
  expect(['0.2.0', '0.2', '0.1.0'].map((version) => isReleasedBy(changelog, version))).toEqual([true, false, false]);
});
