/** Entry of the platform page: starts the desktop, then the provider's frame, then the apps. */
import type { Notice } from '../../src/channel/protocol.ts';
import { readAppDirectory, type AppRecord } from '../../src/core-web/appDirectory.ts';
import type { OpenedApp } from '../../src/core-web/intentRouting.ts';
import { InitializationError } from '../../src/client/errors.ts';
import { withOtherDirectories } from '../../src/core-web/otherDirectories.ts';
import { linkToProvider, type ProviderLink } from '../../src/core-web/providerLink.ts';
import { onSearchKey } from '../../src/core-web/searchKey.ts';
import { watchPageTitles } from '../../src/core-web/pageTitle.ts';
import { createSignInWindows } from '../../src/core-web/signInWindows.ts';
import { startPlatform } from '../../src/core-web/startPlatform.ts';
import { watchUnsavedWork } from '../../src/core-web/unsavedWork.ts';
import { askPerson } from '../../src/record-edit/askPerson.ts';
import { logLine } from '../../src/logLine.ts';
import { showPage, type PageView } from '../pages/page.ts';
import { createSearchBar } from './searchBar.ts';
import { focusAfterNotice, withNotice } from './intentNotices.ts';
import { ownAppIds } from '../../src/sites/desktopConfiguration.ts';
import { platformConfiguration } from '../../src/sites/pageConfiguration.ts';
import { readConfiguration } from '../pages/readConfiguration.ts';
import type { PlatformActions, PlatformState, RecordView } from './platformState.ts';
import { askWhichApp } from './askWhichApp.ts';
import { freeTitle } from './paneOf.ts';
import { watchPeople } from './people.ts';
import { platformView } from './platformView.ts';
import { panesThatFit } from './shownPanes.ts';

const remPx = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize);

const sentence = (error: unknown) => (error instanceof Error ? error.message : 'Something unexpected happened.');

/** For the platform team. */
const logWarning = (what: Record<string, string>) =>
  console.warn('[salesforce-interop desktop]', logLine({ at: new Date().toISOString(), ...what }));

let link: ProviderLink | undefined;
let forgetContexts = (): void => undefined;

/** A failure is told to the person who asked, not to the next one. */
function tellFailure(work: Promise<unknown> | undefined): void {
  const { visit } = page.state;
  work?.catch((error: unknown) => visit === page.state.visit && page.update({ message: sentence(error) }));
}

/** Removes everything that one person has seen or done here, for the next one. */
function personLeft(): void {
  const { recordViews, apps, visit } = page.state;
  whichApp.personLeft();
  search.personLeft();
  for (const { viewId } of recordViews) link?.recordViewClosed(viewId);
  forgetContexts();
  const own = apps.filter(({ wasAskedFor }) => !wasAskedFor);
  page.update({ apps: own, recordViews: [], message: undefined, notices: [], recent: [], visit: visit + 1 });
}

const people = watchPeople(personLeft);
const whichApp = askWhichApp({
  person: people.current,
  activate: (pane) => actions.activate(pane),
  update: (changes) => page.update(changes),
});
const unsavedWork = watchUnsavedWork();

/** Asks before what was typed in these panes is lost. */
async function mayLose(panes: string): Promise<boolean> {
  const unsaved = unsavedWork.among(document.querySelectorAll<HTMLIFrameElement>(panes));
  if (unsaved.length === 0) return true;
  const text = `What was typed in ${new Intl.ListFormat('en').format(unsaved.map(({ title }) => title))} is`;
  return askPerson({
    title: 'Discard what is not saved?',
    text: `${text} not saved in Salesforce.`,
    yes: 'Discard',
    no: 'Go back',
  });
}

/** By a link, as a person would follow one: an address of a program leaves the page where it is. */
function openAddress(href: string): void {
  const isPage = href.startsWith('http');
  Object.assign(document.createElement('a'), { href, rel: 'noopener', ...(isPage && { target: '_blank' }) }).click();
}

/** @throws InitializationError while there is no provider. */
function provider(): ProviderLink {
  if (!link) throw new InitializationError('The Salesforce provider has not started yet.');
  return link;
}

/** Where the person was when the search was opened. */
let focusedBefore: Element | null = null;

const search = createSearchBar({
  search: async (query, only) => provider().search(query, only),
  raise: async (intent, context) => provider().raise(intent, context),
  signIn: async () => provider().signIn(),
  open: openAddress,
  draw(shown) {
    const wasOpen = page.state.search !== undefined;
    if (shown && !wasOpen) focusedBefore = document.activeElement;
    if (!shown) document.querySelector<HTMLDialogElement>('dialog.search')?.close();
    page.update({ search: shown });
    // A browser does not lead back into a frame by itself.
    if (!shown && focusedBefore instanceof HTMLElement) focusedBefore.focus();
  },
  tell: (error) => tellFailure(Promise.reject(error)),
});
onSearchKey((from) => {
  if (page.state.phase !== 'running' || page.state.choosing || page.state.search) return;
  search.open();
  focusedBefore = from ?? focusedBefore;
});

const actions: PlatformActions = {
  search,
  signIn: (org) => tellFailure(link?.signIn(org)),
  async signOut() {
    if (!(await mayLose('iframe[data-pane]'))) return;
    const signedOut = link?.signOut() ?? Promise.resolve();
    void people.signOut(signedOut);
    tellFailure(signedOut);
  },
  restartProvider() {
    page.update({ provider: 'starting', problem: undefined, providerStarts: page.state.providerStarts + 1 });
    connectToProvider();
  },
  activate(active) {
    page.update({ recent: [active, ...page.state.recent.filter((id) => id !== active)] });
    document.getElementById(`tab-${active}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  },
  async closeRecordView(viewId) {
    if (!(await mayLose(`iframe[data-pane="${CSS.escape(viewId)}"]`))) return;
    link?.recordViewClosed(viewId);
    removeRecordView(viewId);
  },
  async closeApp(paneId) {
    if (!(await mayLose(`iframe[data-pane="${CSS.escape(paneId)}"]`))) return;
    leavePane(paneId, { apps: page.state.apps.filter((one) => one.paneId !== paneId) });
  },
  showSignIn: (signInId) => signInWindows.show(signInId),
  cancelSignIn: (signInId) => signInWindows.cancel(signInId),
  forgetChosenApps: () => tellFailure(whichApp.forget()),
  dismissMessage: () => page.update({ message: undefined }),
  answerNotice(noticeId, way) {
    link?.noticeAnswered(noticeId, way);
    page.update({ notices: page.state.notices.filter((notice) => notice.noticeId !== noticeId) });
    focusAfterNotice();
  },
};

const page: PageView<PlatformState> = showPage<PlatformState>(
  {
    title: 'Desktop',
    phase: 'starting',
    provider: 'starting',
    providerStarts: 0,
    online: navigator.onLine,
    apps: [],
    connectedApps: new Map(),
    rememberedApps: 0,
    recordViews: [],
    visit: 0,
    recent: [],
    fit: panesThatFit(window.innerWidth, remPx()),
    signIns: [],
    notices: [],
  },
  platformView(actions),
);

window.addEventListener('resize', () => {
  const fit = panesThatFit(window.innerWidth, remPx());
  if (fit !== page.state.fit) page.update({ fit });
});

/** A record view is called what it shows now. */
watchPageTitles((source, title) => {
  const frames = [...document.querySelectorAll<HTMLIFrameElement>('iframe[data-pane]')];
  const viewId = frames.find(({ contentWindow }) => contentWindow === source)?.dataset['pane'];
  if (title === '' || !page.state.recordViews.some((view) => view.viewId === viewId && view.title !== title)) return;
  const recordViews = page.state.recordViews.map((view) => (view.viewId === viewId ? { ...view, title } : view));
  page.update({ recordViews });
});

for (const change of ['online', 'offline'] as const)
  window.addEventListener(change, () => page.update({ online: change === 'online' }));

const signInWindows = createSignInWindows({
  page: window,
  report: (signInId, event) => link?.signInWindow(signInId, event),
  onChanged: (signIns) => {
    const blockedBefore = page.state.signIns.some(({ stage }) => stage === 'blocked');
    page.update({ signIns });
    if (!blockedBefore && signIns.some(({ stage }) => stage === 'blocked'))
      document.querySelector<HTMLElement>('.sign-in button')?.focus();
  },
});

function openRecordView(view: RecordView): void {
  const isOpen = page.state.recordViews.some(({ viewId }) => viewId === view.viewId);
  if (!isOpen) page.update({ recordViews: [...page.state.recordViews, view] });
  actions.activate(view.viewId);
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[data-pane="${CSS.escape(view.viewId)}"]`);
  if (isOpen) frame?.focus();
  else frame?.addEventListener('load', () => frame.focus(), { once: true });
  frame?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function removeRecordView(viewId: string): void {
  const recordViews = page.state.recordViews.filter((view) => view.viewId !== viewId);
  leavePane(viewId, { recordViews });
}

/** Takes a pane away. Who was in it is then where they were before. */
function leavePane(paneId: string, change: Partial<PlatformState>): void {
  const focused = document.activeElement;
  const wasIn = focused?.id === `tab-${paneId}` || Boolean(focused?.closest(`#pane-${CSS.escape(paneId)}`));
  page.update({ ...change, recent: page.state.recent.filter((id) => id !== paneId) });
  if (!wasIn) return;
  const tab = document.querySelector<HTMLElement>('.tabs:not([hidden]) [tabindex="0"]');
  const isByTab = focused?.getAttribute('role') === 'tab';
  const pane = document.querySelector<HTMLElement>('.pane.last iframe');
  (isByTab ? (tab ?? pane) : pane)?.focus();
}

function showNotice(notice: Notice): void {
  const { notices } = page.state;
  const shown = withNotice(notices, notice);
  for (const { noticeId } of notices)
    if (!shown.some((one) => one.noticeId === noticeId)) link?.noticeAnswered(noticeId, 'dismiss');
  page.update({ notices: shown });
}

function connectToProvider(): void {
  link?.connect().catch((error: unknown) => {
    if (page.state.provider === 'starting')
      page.update({ provider: 'failed', problem: page.state.problem ?? { message: sentence(error), details: [] } });
  });
}

/** Apps are loaded once the provider has its channel, so that none of them can take its name first. */
async function openApps(apps: readonly AppRecord[], providerSettled: Promise<unknown>): Promise<void> {
  await providerSettled;
  const opened = apps.map((app) => ({ paneId: app.appId, app, title: app.title, wasAskedFor: false }));
  page.update({ phase: 'running', apps: opened });
}

/**
 * Starts an app in a pane of its own, or shows it. The desktop's own pages are there when they are needed, and not
 * because an app asks for them.
 */
function openApp(app: AppRecord, { newInstance }: { newInstance: boolean }): OpenedApp {
  const { apps } = page.state;
  const there = apps.find((one) => one.app.appId === app.appId);
  if (there && !newInstance) actions.activate(there.paneId);
  if ((there && !newInstance) || Object.values<string>(ownAppIds).includes(app.appId)) return 'shown';
  const paneId = there ? `${app.appId}-${crypto.randomUUID()}` : app.appId;
  const titles = apps.map(({ title }) => title);
  page.update({ apps: [...apps, { paneId, app, title: freeTitle(app.title, titles), wasAskedFor: true }] });
  actions.activate(paneId);
  return 'started';
}

async function start(): Promise<void> {
  const configuration = await readConfiguration(platformConfiguration);
  document.title = configuration.title;
  page.update({ title: configuration.title, documentationUrl: configuration.documentationUrl });
  const warn = (sentence: string): void => console.warn(sentence);
  const own = readAppDirectory(await (await fetch(configuration.directoryUrl)).json(), warn);
  const applications = await withOtherDirectories(own, configuration.directories, warn);
  const { fin, instances, ...platform } = await startPlatform({
    brokerUrl: configuration.brokerUrl,
    platformId: configuration.platformId,
    directory: applications,
    openApp,
    onHandlerRejected: (rejected) => logWarning({ outcome: 'intentHandlerRejected', ...rejected }),
    onPageRefused: (refused) => logWarning({ outcome: 'refused', action: 'getAgent', ...refused }),
    choose: whichApp.choose,
  });
  forgetContexts = () => platform.forgetContexts();
  instances.onChanged(() => {
    const connectedApps = new Map<string, number>();
    for (const { app } of instances.all()) connectedApps.set(app.appId, (connectedApps.get(app.appId) ?? 0) + 1);
    page.update({ connectedApps });
  });

  let settle: () => void = () => undefined;
  const providerSettled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  link = linkToProvider(fin, new URL(configuration.providerUrl).origin, {
    status(status) {
      people.see(status);
      page.update({ status });
      void whichApp.count();
    },
    connected(is) {
      settle();
      if (!is) signInWindows.closeAll();
      // A restarted provider does not know these notices.
      if (!is) page.update({ notices: [] });
      if (is) page.update({ provider: 'connected', problem: undefined });
      else if (page.state.provider === 'connected') page.update({ provider: 'lost' });
    },
    failed({ message, problems }) {
      settle();
      page.update({ provider: 'failed', problem: { message, details: problems } });
    },
    openSignInWindow: (request) => signInWindows.open(request),
    closeSignInWindow: ({ signInId }) => signInWindows.close(signInId),
    openRecordView,
    closeRecordView: ({ viewId }) => removeRecordView(viewId),
    notice: showNotice,
  });
  page.update({ providerUrl: configuration.providerUrl });
  connectToProvider();
  setTimeout(settle, 6_000);
  await openApps(
    configuration.openApps.flatMap((appId) => applications.find((app) => app.appId === appId) ?? []),
    providerSettled,
  );
}

start().catch((error: unknown) => page.update({ phase: 'failed', failure: sentence(error) }));
