import { cp, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeSites } from '../sites/describeSites.ts';
import { fileOf, withSafeNames, type BuiltSite } from '../sites/serverFiles/builtSite.ts';
import { caddyConfiguration } from '../sites/serverFiles/caddy.ts';
import { headersFile, redirectsFile } from '../sites/serverFiles/headersFile.ts';
import { iisConfiguration } from '../sites/serverFiles/iis.ts';
import { nginxConfiguration } from '../sites/serverFiles/nginx.ts';
import { defaultDesktopFile, readDesktopFile } from './desktopFile.ts';
import { readFlags } from './flags.ts';
import { buildHelp } from './help.ts';
import type { Terminal } from './terminal.ts';
import { CommandRefused } from './usageError.ts';

/** Marks a folder that a build has written, to distinguish it from any other. */
const stampFile = '.salesforce-interop';

/**
 * Makes the sites of a desktop.
 *
 * @param pagesFolder Where the built pages lie: one folder for each site of the desktop's own.
 * @returns the exit code.
 * @throws {CommandRefused} when the configuration is wrong, or the folder holds something that no build has made.
 */
export async function build(args: readonly string[], terminal: Terminal, pagesFolder: string): Promise<number> {
  const {
    values: flags,
    positionals: [file = defaultDesktopFile],
  } = readFlags(
    'build',
    args,
    { out: { type: 'string' }, 'served-from': { type: 'string' }, certificates: { type: 'string' } },
    1,
  );
  if (flags.help) {
    terminal.print(buildHelp.trimEnd());
    return 0;
  }
  const out = path.resolve(flags.out ?? 'sites');
  const described = describeSites(await readDesktopFile(file)).map(withSafeNames);
  const sites = described.map(({ site }) => site);
  await refuseForeignFolder(out);
  // Built in a temporary folder and then moved, so that a server never serves half a site.
  const aside = `${out}-${process.pid}`;
  try {
    const built: BuiltSite[] = [];
    for (const site of sites) {
      const folder = path.join(aside, site.name);
      await writeSite(folder, path.join(pagesFolder, site.name), site.documents);
      built.push({ ...site, folder: path.join(flags['served-from'] ?? out, site.name), files: await filesOf(folder) });
    }
    for (const site of built) {
      await writeFile(path.join(aside, site.name, 'web.config'), iisConfiguration(site));
      await writeFile(path.join(aside, site.name, '_headers'), headersFile(site));
      const redirects = redirectsFile(site);
      if (redirects) await writeFile(path.join(aside, site.name, '_redirects'), redirects);
    }
    await writeFile(path.join(aside, 'nginx.conf'), nginxConfiguration(built, flags.certificates));
    await writeFile(path.join(aside, 'Caddyfile'), caddyConfiguration(built, flags.certificates));
    await writeFile(path.join(aside, stampFile), '');
    await rm(out, { recursive: true, force: true });
    await rename(aside, out);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  const leftOut = described.flatMap((one) => one.leftOut);
  if (leftOut.length > 0)
    terminal.tell(
      `Not among the files, as not every file system takes such a name: ${leftOut.join(', ')}. The list of all apps has them.`,
    );
  for (const { name, origin } of sites) terminal.print(`${path.join(flags.out ?? 'sites', name)}  for ${origin}/`);
  terminal.tell(
    `nginx: include ${path.join(out, 'nginx.conf')} in its http block. Caddy: caddy run --config ${path.join(out, 'Caddyfile')}. IIS and others: each site holds web.config and _headers.`,
  );
  return 0;
}

/** Refuses to overwrite a folder with other files. */
async function refuseForeignFolder(out: string): Promise<void> {
  const entries = await readdir(out).catch((): string[] => []);
  if (entries.length > 0 && !entries.includes(stampFile))
    throw new CommandRefused(`${out} holds files that no build has made: choose another folder with --out.`);
}

async function writeSite(folder: string, pages: string, documents: Record<string, unknown>): Promise<void> {
  if (!(await stat(pages).catch(() => undefined))?.isDirectory())
    throw new CommandRefused(`The built pages are missing at ${pages}: install the package again.`);
  await mkdir(folder, { recursive: true });
  await cp(pages, folder, { recursive: true });
  for (const [document, content] of Object.entries(documents)) {
    const file = path.join(folder, fileOf(document, documents));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(content, null, 2));
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')}`)
    .sort();
}
