/** Entry of the connection check: asks the provider of the desktop that is open in another tab, check by check. */
import { connect } from '@openfin/core-web';
import { catalogue, type CheckId } from '../../src/doctor/catalogue.ts';
import { reportLines, summaryOf } from '../../src/doctor/report.ts';
import { linkToProvider, type ProviderLink, type ProviderNews } from '../../src/core-web/providerLink.ts';
import { showPage, type PageView } from '../pages/page.ts';
import { platformConfiguration } from '../../src/sites/pageConfiguration.ts';
import { readConfiguration } from '../pages/readConfiguration.ts';
import type { DoctorState } from './doctorState.ts';
import { doctorView } from './doctorView.ts';

const brokerTimeoutMs = 15_000;
const sentence = (error: unknown) => (error instanceof Error ? error.message : 'Something unexpected happened.');

const page: PageView<DoctorState> = showPage<DoctorState>(
  { phase: 'connecting', isSignedIn: false, results: new Map(), copied: false },
  doctorView({ check: () => void examine(), copy: () => void copy() }),
);

let link: Promise<ProviderLink> | undefined;
/** The examination that is running, and the sessions that existed when it began. */
let current: { run: string; sessionIds: readonly string[] } | undefined;

const nothing = (): void => undefined;
/** The platform page handles these messages; this page only runs the checks. */
const news: ProviderNews = {
  openSignInWindow: nothing,
  closeSignInWindow: nothing,
  openRecordView: nothing,
  closeRecordView: nothing,
  notice: nothing,
  connected: nothing,
  failed: nothing,
  status({ sessions }) {
    const isGone = (sessionId: string) => !sessions.some((session) => session.sessionId === sessionId);
    if (!current?.sessionIds.some(isGone)) return;
    current = undefined;
    page.reset({ phase: 'left' });
  },
};

async function openLink(): Promise<ProviderLink> {
  const { brokerUrl, providerUrl } = await readConfiguration(platformConfiguration);
  const fin = await connect({ options: { brokerUrl, timeout: brokerTimeoutMs } });
  return linkToProvider(fin, new URL(providerUrl).origin, news);
}

async function examine(): Promise<void> {
  const run = crypto.randomUUID();
  current = { run, sessionIds: [] };
  const isOver = () => current?.run !== run;
  page.reset({});
  try {
    link ??= openLink().catch((error: unknown) => {
      link = undefined;
      throw error;
    });
    const provider = await link;
    const { sessions, defaultOrgUrl } = await provider.connect();
    if (isOver()) return;
    current = { run, sessionIds: sessions.map(({ sessionId }) => sessionId) };
    page.update({
      phase: 'checking',
      orgUrl: defaultOrgUrl,
      isSignedIn: sessions.some(({ state }) => state === 'signedIn'),
    });
    for (const { id } of catalogue) {
      page.update({ running: id });
      const result = await provider.diagnose(run, id);
      if (isOver()) return;
      page.update({ results: new Map<CheckId, typeof result>([...page.state.results, [id, result]]) });
    }
    page.update({ phase: 'done', running: undefined });
  } catch (error) {
    if (!isOver()) page.update({ phase: 'unavailable', running: undefined, problem: sentence(error) });
  }
}

async function copy(): Promise<void> {
  const results = [...page.state.results.values()];
  await navigator.clipboard.writeText(
    [page.state.orgUrl, ...results.flatMap(reportLines), summaryOf(results), ''].join('\n'),
  );
  page.update({ copied: true });
}

void examine();
