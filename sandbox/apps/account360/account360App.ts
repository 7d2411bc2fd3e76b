/** Entry of the Account 360 app. */
import type { Context, DesktopAgent } from '@finos/fdc3';
import { changeChannel, showChannel } from '../channelPicker.ts';
import { answerFindPerson } from '../findPerson.ts';
import { joinDesktop } from '../joinDesktop.ts';
import { closeByEscape, keepFocus } from '../keepFocus.ts';
import { ChangeMarks } from '../../../src/live-view/changeMarks.ts';
import { defineFreshnessLine } from '../../../src/live-view/freshnessLine.ts';
import { LiveView } from '../../../src/live-view/liveView.ts';
import { showPage } from '../../pages/page.ts';
import {
  describeError,
  followSalesforce,
  needsSignIn,
  type FollowedSalesforce,
  type Visit,
} from '../salesforceAccess.ts';
import { accountOfContext, searchAccounts, watchAccount360, type Account360 } from './accountRecords.ts';
import { account360View, type Account360Actions, type Account360State } from './account360View.ts';

const typingPauseMs = 250;

let fdc3: DesktopAgent | undefined;
let salesforce: FollowedSalesforce | undefined;
let search = new AbortController();
/** What keeps the opened account up to date. */
let live: LiveView | undefined;
const marks = new ChangeMarks(() => page.update({}));
let typing: ReturnType<typeof setTimeout> | undefined;
/** A context that was shared while nobody was signed in. The app follows it as soon as somebody is. */
let waiting: Context | undefined;

/** The visit of the person who is signed in now. Work that takes time keeps it, to notice when they have left. */
const visitNow = (): Visit | undefined => (page.state.access.kind === 'connected' ? page.state.access : undefined);

/** Shows a failure, unless the visit is over or the person only has to sign in again. */
function fail(visit: Visit, error: unknown, show: (message: string) => void): void {
  if (visit.left.aborted) return;
  if (needsSignIn(error)) salesforce?.ended(visit, error);
  else show(describeError(error));
}

async function searchNow(): Promise<void> {
  const visit = visitNow();
  if (!visit) return;
  search.abort();
  search = new AbortController();
  const signal = AbortSignal.any([search.signal, visit.left]);
  page.update({ searching: true, failure: undefined });
  try {
    const found = await searchAccounts(visit.connection, page.state.words.trim(), signal);
    if (!signal.aborted) page.update({ ...found, searching: false });
  } catch (error) {
    if (!signal.aborted)
      fail(visit, error, (failure) => page.update({ failure, accounts: [], hasMore: false, searching: false }));
  }
}

/** Shows an account from now on. `share`: it was chosen here, and the other apps are told. */
function open(id: string, share: boolean): void {
  const visit = visitNow();
  if (!visit) return;
  close();
  const view = (live = new LiveView());
  page.update({ opened: { id, loading: true, freshness: () => view.freshness } });
  const isCurrent = (): boolean => live === view && !visit.left.aborted;
  watchAccount360(visit.connection, id, view, {
    shown(shown) {
      if (!isCurrent()) return;
      const isFirst = page.state.opened?.shown === undefined;
      page.update({ opened: { id, loading: false, shown, freshness: () => view.freshness } });
      if (isFirst && share) void announce(shown);
    },
    changed: (keys) => isCurrent() && marks.mark(keys),
    failed(error) {
      if (!isCurrent()) return;
      close();
      fail(visit, error, (failure) => page.update({ opened: { id, loading: false, failure } }));
    },
  });
}

async function announce({ account }: Account360): Promise<void> {
  document.getElementById('account-name')?.focus();
  await fdc3?.broadcast({ type: 'fdc3.organization', name: account.Name, id: { SALESFORCE: account.Id } });
}

/** What is shown is not kept up to date any more. */
function close(): void {
  live?.end();
  live = undefined;
  marks.clear();
}

function closeAccount(): void {
  close();
  page.update({ opened: undefined, followed: undefined });
  document.getElementById('words')?.focus();
}

async function follow(context: Context): Promise<void> {
  const visit = visitNow();
  if (!visit) {
    waiting = context;
    return;
  }
  const who = context.name ?? 'the shared record';
  try {
    const id = await accountOfContext(visit.connection, context as Parameters<typeof accountOfContext>[1]);
    if (visit.left.aborted) return;
    if (id === undefined) page.update({ followed: `No account in Salesforce belongs to ${who}.` });
    else if (id !== page.state.opened?.id || page.state.opened.failure !== undefined) {
      page.update({ followed: `Following ${who} from another app.` });
      open(id, false);
    }
  } catch (error) {
    fail(visit, error, (message) => page.update({ followed: `Could not follow ${who}: ${message}` }));
  }
}

const actions: Account360Actions = {
  search(words) {
    page.update({ words });
    search.abort();
    clearTimeout(typing);
    typing = setTimeout(searchNow, typingPauseMs);
  },
  searchAgain: () => void searchNow(),
  open(id) {
    page.update({ followed: undefined });
    open(id, true);
  },
  reopen: () => page.state.opened && open(page.state.opened.id, false),
  close: closeAccount,
  shareContact: ({ id, name, email }) =>
    void fdc3?.broadcast({ type: 'fdc3.contact', name, id: { SALESFORCE: id, ...(email ? { email } : {}) } }),
  pickChannel: (id) => void changeChannel(fdc3, page, id),
};

closeByEscape(() => page.state.opened && closeAccount());

defineFreshnessLine();
const page = showPage<Account360State>(
  { access: { kind: 'starting' }, words: '', searching: false, accounts: [], hasMore: false },
  account360View(actions, marks, {
    connect: async () => salesforce?.connect(),
    retry: async () => salesforce?.retry() ?? location.reload(),
  }),
);

try {
  fdc3 = await joinDesktop();
  await showChannel(fdc3, page);
  for (const type of ['fdc3.contact', 'fdc3.organization'])
    await fdc3.addContextListener(type, (context) => void follow(context));
  await answerFindPerson(fdc3, follow);
  salesforce = followSalesforce((access) => {
    const { channel, access: before } = page.state;
    // A context that was shared for one person is not for the next.
    if (before.kind === 'connected') waiting = undefined;
    clearTimeout(typing);
    close();
    page.reset({ access, ...(channel && { channel }) });
    keepFocus(before, access);
    if (access.kind !== 'connected') return;
    void searchNow();
    if (waiting) void follow(waiting);
    waiting = undefined;
  });
} catch (error) {
  page.update({ access: { kind: 'unavailable', message: describeError(error) } });
}
