/** Entry of the connection check: asks the provider of the desktop that is open in another tab, check by check. */
import { connect } from '@openfin/core-web';
import { catalogue, type CheckId } from '../../src/doctor/catalogue.ts';
import { reportLines, summaryOf } from '../../src/doctor/report.ts';
import { linkToProvider, type PlatformLink } from '../../src/core-web/providerLink.ts';
import { showPage, type PageView } from '../apps/page.ts';
import { platformConfiguration, readConfiguration } from './desktopConfiguration.ts';
import type { DoctorState } from './doctorState.ts';
import { doctorView } from './doctorView.ts';

const brokerTimeoutMs = 15_000;
const sentence = (error: unknown) => (error instanceof Error ? error.message : 'Something unexpected happened.');

const page: PageView<DoctorState> = showPage<DoctorState>(
  { phase: 'connecting', isSignedIn: false, results: new Map(), copied: false },
  doctorView({
    check: () => void examine(),
    copy: () => void copy(),
  }),
);

let link: Promise<PlatformLink> | undefined;

/** The desktop's page shows windows and records; this one only asks. */
const news = {
  status: () => undefined, openSignInWindow: () => undefined, closeSignInWindow: () => undefined, openRecordView: () => undefined, connected: () => undefined,
};

async function openLink(): Promise<PlatformLink> {
  const { brokerUrl, providerUrl } = await readConfiguration(platformConfiguration);
  const fin = await connect({ options: { brokerUrl, timeout: brokerTimeoutMs } });
  return linkToProvider(fin, new URL(providerUrl).origin, news);
}

async function examine(): Promise<void> {
  page.update({ phase: 'connecting', results: new Map(), running: undefined, problem: undefined, copied: false });
  try {
    link ??= openLink().catch((error: unknown) => {
      link = undefined;
      throw error;
    });
    const provider = await link;
    const { sessions, defaultOrgUrl } = await provider.connect();
    page.update({ phase: 'checking', orgUrl: defaultOrgUrl, isSignedIn: sessions.some(({ state }) => state === 'signedIn') });
    const run = crypto.randomUUID();
    for (const { id } of catalogue) {
      page.update({ running: id });
      const result = await provider.diagnose(run, id);
      page.update({ results: new Map<CheckId, typeof result>([...page.state.results, [id, result]]) });
    }
    page.update({ phase: 'done', running: undefined });
  } catch (error) {
    page.update({ phase: 'unavailable', running: undefined, problem: sentence(error) });
  }
}

async function copy(): Promise<void> {
  const results = [...page.state.results.values()];
  await navigator.clipboard.writeText([page.state.orgUrl, ...results.flatMap(reportLines), summaryOf(results), ''].join('\n'));
  page.update({ copied: true });
}

void examine();
