import { defaultIdentifiers, type IdentifiersByObject } from '../../matching/identifiers.ts';
import { parseConfiguration } from '../../provider/configuration.ts';
import { webProviderConfiguration } from '../../sites/desktopConfiguration.ts';
import { readDesktopFile } from '../desktopFile.ts';
import { readFlags } from '../flags.ts';
import { matchHelp } from '../help.ts';
import { orgUrlOf, startEmbedded, type OrgAccess, type StartEmbeddedOrg } from '../orgAccess.ts';
import type { Terminal } from '../terminal.ts';
import { CommandRefused, UsageError } from '../usageError.ts';
import { readMatchFile } from './matchFile.ts';
import { writeRecords } from './writeRecords.ts';
import { tryContext } from './tryContext.ts';

/**
 * Says what the contexts of a file would find, one JSON line for each.
 *
 * @param loadEmbedded What starts an embedded org; undefined where the test kit is not installed.
 * @returns the exit code: 0 all is as the file expects, 1 something is not.
 * @throws {UsageError} {@link CommandRefused}
 */
export async function match(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  loadEmbedded: () => Promise<StartEmbeddedOrg | undefined>,
): Promise<number> {
  const {
    values: flags,
    positionals: [file],
  } = readFlags('match', args, { org: { type: 'string' }, configuration: { type: 'string' } }, 1);
  if (flags.help) {
    terminal.print(matchHelp.trimEnd());
    return 0;
  }
  if (file === undefined) throw new UsageError('There is no file with contexts: match FILE.', 'match');
  const named = namedOrg(flags.org, environment);
  const identifiers = await identifiersIn(flags.configuration);
  let failed = 0;
  for (const group of await readMatchFile(file)) {
    const org =
      named && !group.records
        ? { ...named, close: async () => undefined }
        : await startEmbedded(loadEmbedded, { isEmpty: group.records !== undefined });
    try {
      await writeRecords(org, group.records ?? []);
      for (const one of group.cases) {
        const tried = await tryContext(org, one, identifiers);
        if (tried.holds === false) failed += 1;
        terminal.print(JSON.stringify(tried));
      }
    } finally {
      await org.close();
    }
  }
  if (failed > 0) terminal.tell(`${failed} ${failed === 1 ? 'is' : 'are'} not as expected.`);
  return failed > 0 ? 1 : 0;
}

function namedOrg(
  org: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): OrgAccess | undefined {
  if (org === undefined) return undefined;
  const orgUrl = orgUrlOf(org, 'match');
  const accessToken = environment['SALESFORCE_ACCESS_TOKEN'];
  if (!accessToken)
    throw new CommandRefused(
      'An org is named and there is no access token: set SALESFORCE_ACCESS_TOKEN (sf org display --verbose prints one).',
    );
  return { orgUrl, accessToken };
}

async function identifiersIn(file: string | undefined): Promise<IdentifiersByObject> {
  if (file === undefined) return defaultIdentifiers;
  return parseConfiguration(webProviderConfiguration(await readDesktopFile(file))).identifiers;
}
