import type { CheckResult } from '../../src/channel/protocol.ts';
import { catalogue } from '../../src/doctor/catalogue.ts';
import { createExamination } from '../../src/doctor/examination.ts';
import { reportLines, summaryOf } from '../../src/doctor/report.ts';
import { readCommandLine, UsageError } from './commandLine.ts';
import { help } from './help.ts';
import { nodeContext } from './nodeContext.ts';

/** Checks one set-up and prints what was found. @returns the exit code: 0 nothing failed, 1 something did, 2 wrong usage. */
export async function main(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<number> {
  let close = async (): Promise<void> => undefined;
  try {
    const command = readCommandLine(args, environment);
    if (command.kind === 'help') {
      process.stdout.write(help);
      return 0;
    }
    // What is not the report must not get into a JSON that somebody pipes on.
    const say = (line: string): void => (command.json ? console.error(line) : console.log(line));
    let { setUp } = command;
    if (setUp === 'embedded') {
      say('No org is named (--org, SALESFORCE_ORG_URL): checking the embedded org, started for this.');
      // Org and bundler take seconds to load, which nobody else has to wait for.
      const { startEmbeddedSetUp } = await import('./embeddedSetUp.ts');
      const embedded = await startEmbeddedSetUp(say);
      ({ setUp, close } = embedded);
    }
    say(`${setUp.orgUrl} with the app ${setUp.consumerKey}, for the provider on ${setUp.origin}\n`);
    const examination = createExamination(nodeContext(setUp));
    const results: CheckResult[] = [];
    for (const { id } of catalogue) {
      const result = await examination.check(id);
      results.push(result);
      if (!command.json) console.log(reportLines(result).join('\n'));
    }
    if (command.json) console.log(JSON.stringify(jsonReport(setUp, results), undefined, 2));
    else console.log(`\n${summaryOf(results)}`);
    return results.some(({ status }) => status === 'failed') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  } finally {
    await close();
  }
}

function jsonReport({ orgUrl, consumerKey, redirectUri, origin }: Record<'orgUrl' | 'consumerKey' | 'redirectUri' | 'origin', string>, results: readonly CheckResult[]) {
  const checks = results.map(({ id, status, finding }) => {
    const { title, mends } = catalogue.find((entry) => entry.id === id)!;
    return { id, title, status, finding, mends };
  });
  return { orgUrl, consumerKey, redirectUri, origin, failed: results.some(({ status }) => status === 'failed'), checks };
}
