import type { CheckResult } from '../../channel/protocol.ts';
import { catalogue } from '../../doctor/catalogue.ts';
import { reportLines, summaryOf } from '../../doctor/report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import { readCommandLine, type SetUp } from './commandLine.ts';
import { examineSetUp } from './examineSetUp.ts';
import { help } from './help.ts';

export interface EmbeddedSetUp {
  setUp: SetUp;
  close(): Promise<void>;
}

/**
 * Checks one set-up and prints what was found.
 *
 * @param loadEmbedded What starts an embedded org and its provider's pages; undefined where there is none to start.
 * @returns the exit code: 0 nothing failed, 1 something did.
 * @throws {UsageError}
 */
export async function doctor(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
  loadEmbedded: () => Promise<((say: (sentence: string) => void) => Promise<EmbeddedSetUp>) | undefined>,
): Promise<number> {
  const command = readCommandLine(args, environment);
  if (command.kind === 'help') {
    terminal.print(help.trimEnd());
    return 0;
  }
  // With `--json` everything but the report goes to standard error, as the report may be piped on.
  const say = (line: string): void => (command.json ? terminal.tell(line) : terminal.print(line));
  if (command.setUp !== 'embedded') return report(command.setUp, command.json, say, terminal);
  const startEmbedded = await loadEmbedded();
  if (!startEmbedded)
    throw new UsageError(
      'No org is named: give --org URL and --consumer-key KEY, or check the configuration with salesforce-interop check.',
      'doctor',
    );
  say('No org is named (--org, SALESFORCE_ORG_URL): checking the embedded org, started for this.');
  const { setUp, close } = await startEmbedded(say);
  try {
    return await report(setUp, command.json, say, terminal);
  } finally {
    await close();
  }
}

async function report(setUp: SetUp, json: boolean, say: (line: string) => void, { print }: Terminal): Promise<number> {
  say(`${setUp.orgUrl} with the app ${setUp.consumerKey}, for the provider on ${setUp.origin}\n`);
  const results = await examineSetUp(setUp, (result) => void (json || print(reportLines(result).join('\n'))));
  if (json) print(JSON.stringify(jsonReport(setUp, results), undefined, 2));
  else print(`\n${summaryOf(results)}`);
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}

/** What was found, for machines. */
export function jsonReport(
  { orgUrl, consumerKey, redirectUri, origin }: Record<'orgUrl' | 'consumerKey' | 'redirectUri' | 'origin', string>,
  results: readonly CheckResult[],
) {
  const checks = results.map(({ id, status, finding }) => {
    const { title, mends } = catalogue.find((entry) => entry.id === id)!;
    return { id, title, status, finding, mends };
  });
  return {
    orgUrl,
    consumerKey,
    redirectUri,
    origin,
    failed: results.some(({ status }) => status === 'failed'),
    checks,
  };
}
