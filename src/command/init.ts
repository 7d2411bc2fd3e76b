import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '../provider/configuration.ts';
import { isLoopbackHost } from '../salesforce/orgHosts.ts';
import { normalizeOrgUrl } from '../salesforce/myDomain.ts';
import { appDirectory, providerRecordOf2_0 } from '../sites/appDirectory.ts';
import { legacyProviderRecord } from '../sites/legacyAppDirectory.ts';
import { containerManifest } from '../sites/containerManifest.ts';
import {
  ownAppIds,
  parseDesktopConfiguration,
  type DesktopAppInput,
  type DesktopConfigurationInput,
} from '../sites/desktopConfiguration.ts';
import { commentedDesktopFile } from './commentedDesktopFile.ts';
import { defaultDesktopFile } from './desktopFile.ts';
import { readFlags } from './flags.ts';
import { initHelp } from './help.ts';
import type { Terminal } from './terminal.ts';
import { CommandRefused, UsageError } from './usageError.ts';

const options = {
  org: { type: 'string' },
  'consumer-key': { type: 'string' },
  domain: { type: 'string' },
  local: { type: 'boolean' },
  platform: { type: 'string' },
  provider: { type: 'string' },
  'record-view': { type: 'string' },
  title: { type: 'string' },
  company: { type: 'string' },
  app: { type: 'string', multiple: true },
  force: { type: 'boolean' },
} as const;

type Flags = ReturnType<typeof readFlags<typeof options>>['values'];

/**
 * Writes what a desktop begins with.
 *
 * @returns the exit code.
 * @throws {UsageError} for flags that do not fit, or are missing where nobody can be asked.
 * @throws {CommandRefused} when a file is there already, or cannot be written.
 */
export async function init(args: readonly string[], terminal: Terminal): Promise<number> {
  const {
    values: flags,
    positionals: [folder = '.'],
  } = readFlags('init', args, options, 1);
  if (flags.help) {
    terminal.print(initHelp.trimEnd());
    return 0;
  }
  const desktop = await desktopOf(flags, terminal);
  const configuration = parsed(desktop);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const provider = appDirectory(configuration).applications.filter(({ appId }) => appId === ownAppIds.provider);
  const files = {
    [defaultDesktopFile]: commentedDesktopFile(desktop),
    'app.json': json(containerManifest(configuration)),
    'app-directory.fdc3-2.2.json': json({ applications: provider }),
    'app-directory.fdc3-2.0.json': json({ applications: [providerRecordOf2_0(configuration)] }),
    'app-directory.fdc3-1.2.json': json({ applications: [legacyProviderRecord(configuration)] }),
  };
  await writeAll(folder, files, flags.force ?? false);
  for (const name of Object.keys(files)) terminal.print(path.join(folder, name));
  const named = folder === '.' ? '' : ` ${path.join(folder, defaultDesktopFile)}`;
  terminal.tell(
    `Next: salesforce-interop check${named}, then salesforce-interop build${named}. app.json is written anew by every build, into the platform's site.`,
  );
  return 0;
}

async function desktopOf(flags: Flags, { ask }: Terminal): Promise<DesktopConfigurationInput> {
  const missing: string[] = [];
  const value = async (
    flag: string,
    given: string | undefined,
    question: string,
    suggestion: string,
  ): Promise<string> => {
    if (given !== undefined) return given.trim();
    if (ask) return (await ask(question, suggestion)).trim() || suggestion;
    missing.push(flag);
    return '';
  };
  const orgUrl = normalizeOrgUrl(
    await value('--org', flags.org, "The org's My Domain address", 'https://acme.my.salesforce.com'),
  );
  const consumerKey = await value(
    '--consumer-key',
    flags['consumer-key'],
    'Consumer key of the External Client App',
    '',
  );
  const places = await placesOf(flags, value);
  if (missing.length > 0) throw new UsageError(`Nobody is here to ask: give ${missing.join(', ')} too.`, 'init');
  const isHere = URL.canParse(orgUrl) && isLoopbackHost(new URL(orgUrl).hostname);
  return {
    platform: { origin: places.platform, title: flags.title ?? 'Desktop', company: flags.company ?? 'Desktop' },
    provider: { origin: places.provider },
    recordView: { origin: places.recordView },
    salesforce: { orgs: [{ orgUrl, consumerKey }], ...(isHere && { extraOrgOrigins: [orgUrl] }) },
    apps: (flags.app ?? []).map(appAt),
  };
}

interface Places {
  platform: string;
  provider: string;
  recordView: string;
}

async function placesOf(
  flags: Flags,
  value: (flag: string, given: string | undefined, question: string, suggestion: string) => Promise<string>,
): Promise<Places> {
  if (flags.local && flags.domain !== undefined)
    throw new UsageError('--local and --domain both say where the pages are: give one.', 'init');
  const own = { platform: flags.platform, provider: flags.provider, recordView: flags['record-view'] };
  const isComplete = Object.values(own).every((origin) => origin !== undefined);
  if (isComplete) return own as Places;
  if (flags.local)
    return {
      platform: own.platform ?? 'http://localhost:7070',
      provider: own.provider ?? 'http://localhost:7072',
      recordView: own.recordView ?? 'http://localhost:7076',
    };
  const domain = await value(
    '--domain (or --local)',
    flags.domain,
    'Domain under which the pages are served',
    'bank.example',
  );
  return {
    platform: own.platform ?? `https://desk.${domain}`,
    provider: own.provider ?? `https://crm.${domain}`,
    recordView: own.recordView ?? `https://record.${domain}`,
  };
}

function appAt(text: string): DesktopAppInput {
  if (!URL.canParse(text)) throw new UsageError(`--app ${text} is not an address.`, 'init');
  const { hostname, port } = new URL(text);
  const label = isLoopbackHost(hostname) ? `app-${port}` : hostname.split('.', 1)[0]!;
  return {
    appId: label,
    title: label.charAt(0).toUpperCase() + label.slice(1),
    url: new URL(text).href,
    usesSalesforce: true,
  };
}

function parsed(desktop: DesktopConfigurationInput) {
  try {
    return parseDesktopConfiguration(desktop);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new UsageError(`No desktop can be made of this: ${error.problems.join('; ')}.`, 'init');
  }
}

async function writeAll(folder: string, files: Record<string, string>, force: boolean): Promise<void> {
  const isThere = await Promise.all(
    Object.keys(files).map((name) =>
      stat(path.join(folder, name)).then(
        () => name,
        () => undefined,
      ),
    ),
  );
  const [first] = isThere.filter((name) => name !== undefined);
  if (first !== undefined && !force)
    throw new CommandRefused(
      `${path.join(folder, first)} is there already: choose another folder, or overwrite it with --force.`,
    );
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  } catch (error) {
    throw new CommandRefused(
      `${folder} cannot be written to (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
    );
  }
}
