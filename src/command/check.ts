import { reportLines, summaryOf } from '../doctor/report.ts';
import { parseConfiguration, type ProviderConfiguration } from '../provider/configuration.ts';
import { webProviderConfiguration, type DesktopConfiguration } from '../sites/desktopConfiguration.ts';
import { adviceFor, type Advice } from './advice.ts';
import { defaultDesktopFile, readDesktopFile } from './desktopFile.ts';
import { directoryAdvice } from './directoryAdvice.ts';
import type { SetUp } from './doctor/commandLine.ts';
import { examineSetUp } from './doctor/examineSetUp.ts';
import { jsonReport } from './doctor/main.ts';
import { readFlags } from './flags.ts';
import { checkHelp } from './help.ts';
import type { Terminal } from './terminal.ts';

const marks: Record<Advice['status'], string> = { failed: '✗', warning: '!' };

/**
 * Says what is wrong with a desktop's configuration, or would break.
 *
 * @returns the exit code: 0 nothing failed, 1 something did.
 * @throws {CommandRefused} when the file cannot be used at all, naming each wrong place.
 */
export async function check(args: readonly string[], terminal: Terminal): Promise<number> {
  const {
    values: flags,
    positionals: [file = defaultDesktopFile],
  } = readFlags('check', args, { offline: { type: 'boolean' }, json: { type: 'boolean' } }, 1);
  if (flags.help) {
    terminal.print(checkHelp.trimEnd());
    return 0;
  }
  const desktop = await readDesktopFile(file);
  const configuration = parseConfiguration(webProviderConfiguration(desktop));
  const advice = [...adviceFor(desktop), ...(flags.offline ? [] : await directoryAdvice(desktop))];
  if (!flags.json) {
    terminal.print(`${file}: ${countOf(desktop)}`);
    for (const { status, place, sentence } of advice) terminal.print(`${marks[status]} ${place}: ${sentence}`);
  }
  const reports = [];
  for (const setUp of flags.offline ? [] : setUpsOf(desktop, configuration)) {
    if (!flags.json)
      terminal.print(`\n${setUp.orgUrl} with the app ${setUp.consumerKey}, for the provider on ${setUp.origin}`);
    const results = await examineSetUp(
      setUp,
      (result) => void (flags.json || terminal.print(reportLines(result).join('\n'))),
    );
    if (!flags.json) terminal.print(summaryOf(results));
    reports.push(jsonReport(setUp, results));
  }
  const failed = advice.some(({ status }) => status === 'failed') || reports.some((report) => report.failed);
  if (flags.json) terminal.print(JSON.stringify({ file, failed, advice, orgs: reports }, undefined, 2));
  return failed ? 1 : 0;
}

function countOf({ apps, salesforce }: DesktopConfiguration): string {
  const using = apps.filter(({ usesSalesforce }) => usesSalesforce).length;
  return `${salesforce.orgs.length} ${salesforce.orgs.length === 1 ? 'org' : 'orgs'}, ${apps.length} ${apps.length === 1 ? 'app' : 'apps'}, of which ${using} may use Salesforce.`;
}

function setUpsOf(
  { provider }: DesktopConfiguration,
  { orgs, redirectUri, apiVersion, extraOrgOrigins }: ProviderConfiguration,
): SetUp[] {
  return orgs.map(({ orgUrl, consumerKey, scopes, identityProviders, dpop, flow }) => ({
    orgUrl,
    consumerKey,
    scopes,
    identityProviders,
    dpop,
    flow,
    redirectUri,
    apiVersion,
    origin: provider.origin,
    isCustomDomain: extraOrgOrigins.includes(orgUrl),
  }));
}
