/**
 * Keeps what later releases are tried with: the protocol of this minor version and the client of this release.
 * `npm run keep:release`
 */
import { access, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../packages/npm.mjs';
import { protocolVersion } from '../src/channel/channelVersion.ts';
import { providerActions, providerReplies, type ProviderAction } from '../src/channel/protocol.ts';
import { clientVersion } from '../src/client/version.ts';
import { z } from '../src/zod.ts';
import { appActions } from './appActions.ts';

const repository = path.resolve(import.meta.dirname, '..');

/** @returns the requests of apps and the replies to them as JSON Schemas, without descriptions. */
function protocolOfThisVersion(): object {
  const schemasOf = (schemas: Readonly<Record<ProviderAction, z.ZodType>>): object =>
    Object.fromEntries(appActions.map((action) => [action, withoutSentences(schemas[action])]));
  return { protocol: protocolVersion, requests: schemasOf(providerActions), replies: schemasOf(providerReplies) };
}

function withoutSentences(schema: z.ZodType): object {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      delete jsonSchema.description;
    },
  });
  return plain;
}

/**
 * Writes both into `protocol` and `clients` of a folder.
 *
 * @param isReleased Whether the changelog has this version: what was released is kept as it is.
 * @returns the files that were written.
 * @throws Error when that would change the client of a version that is released.
 */
export async function keepRelease(folder: string, isReleased: boolean): Promise<string[]> {
  const protocol = path.join(folder, 'protocol', `${protocolVersion.major}.${protocolVersion.minor}.json`);
  const client = path.join(folder, 'clients', `salesforce-interop-client-${clientVersion}.tgz`);
  if (
    isReleased &&
    (await access(client).then(
      () => true,
      () => false,
    ))
  )
    throw new Error(
      `The client of ${clientVersion} is kept and released: raise the version first (package.json, src/client/version.ts).`,
    );
  for (const file of [protocol, client]) await mkdir(path.dirname(file), { recursive: true });
  await writeFile(protocol, `${JSON.stringify(protocolOfThisVersion(), null, 1)}\n`);
  await packClient(client);
  return [protocol, client];
}

/** Packs the client without its source maps, which no test needs. */
async function packClient(tarball: string): Promise<void> {
  // The bundlers take a second to load.
  const { buildClient } = await import('../packages/client/build.ts');
  const folder = await mkdtemp(path.join(tmpdir(), 'kept-client-'));
  try {
    const built = path.join(folder, 'client');
    await buildClient(built);
    for (const file of await readdir(built)) if (file.endsWith('.map')) await rm(path.join(built, file));
    const { stdout } = await runNpm(['pack', '--json', '--offline', '--pack-destination', folder], { cwd: built });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await copyFile(path.join(folder, filename), tarball);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether the changelog has a heading of this version. @see https://keepachangelog.com/en/1.1.0/ */
export function isReleasedBy(changelog: string, version: string): boolean {
  return changelog.split(/\r?\n/).some((line) => line.startsWith(`## [${version}]`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changelog = await readFile(path.join(repository, 'CHANGELOG.md'), 'utf8');
  const written = await keepRelease(path.join(repository, 'test/fixtures'), isReleasedBy(changelog, clientVersion));
  for (const file of written) console.log(path.relative(repository, file));
}
