/** Entry of the Account 360 app. */
import type { Context, DesktopAgent } from '@finos/fdc3';
import { changeChannel, readChannels } from '../channelPicker.ts';
import { joinDesktop } from '../joinDesktop.ts';
import { showPage } from '../page.ts';
import { describeError, followSalesforce, needsSignIn, type SalesforceAccess } from '../salesforceAccess.ts';
import { accountOfContext, readAccount360, searchAccounts } from './accountRecords.ts';
import { account360View, type Account360Actions, type Account360State } from './account360View.ts';

const typingPauseMs = 250;

let fdc3: DesktopAgent | undefined;
let salesforce: SalesforceAccess | undefined;
let search = new AbortController();
let reading = new AbortController();
let typing: ReturnType<typeof setTimeout> | undefined;
/** A context that came while nobody was signed in; followed as soon as somebody is. */
let waiting: Context | undefined;

const connection = () => {
  const { access } = page.state;
  if (access.kind !== 'connected') throw new Error('Not connected to Salesforce.');
  return access.connection;
};

function signedOut(error: unknown): boolean {
  if (!needsSignIn(error)) return false;
  page.update({ access: { kind: 'signedOut', message: describeError(error) } });
  return true;
}

async function searchNow(): Promise<void> {
  search.abort();
  const mine = (search = new AbortController());
  page.update({ searching: true, failure: undefined });
  try {
    const accounts = await searchAccounts(connection(), page.state.words.trim(), mine.signal);
    if (!mine.signal.aborted) page.update({ accounts, searching: false });
  } catch (error) {
    if (!mine.signal.aborted && !signedOut(error)) page.update({ failure: describeError(error), searching: false });
  }
}

async function open(id: string, share: boolean): Promise<void> {
  reading.abort();
  const mine = (reading = new AbortController());
  page.update({ opened: { id, loading: true } });
  try {
    const shown = await readAccount360(connection(), id, mine.signal);
    if (mine.signal.aborted) return;
    page.update({ opened: { id, loading: false, shown } });
    if (!share) return;
    document.getElementById('account-name')?.focus();
    await fdc3?.broadcast({ type: 'fdc3.organization', name: shown.account.Name, id: { SALESFORCE: shown.account.Id } });
  } catch (error) {
    if (!mine.signal.aborted && !signedOut(error)) page.update({ opened: { id, loading: false, failure: describeError(error) } });
  }
}

async function follow(context: Context): Promise<void> {
  if (page.state.access.kind !== 'connected') {
    waiting = context;
    return;
  }
  const who = context.name ?? 'the shared record';
  try {
    const id = await accountOfContext(connection(), context as Parameters<typeof accountOfContext>[1]);
    if (id === undefined) page.update({ followed: `No account in Salesforce belongs to ${who}.` });
    else if (id !== page.state.opened?.id) {
      page.update({ followed: `Following ${who} from another app.` });
      await open(id, false);
    }
  } catch (error) {
    if (!signedOut(error)) page.update({ followed: `Could not follow ${who}: ${describeError(error)}` });
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
    void open(id, true);
  },
  reopen: () => void (page.state.opened && open(page.state.opened.id, false)),
  close() {
    reading.abort();
    page.update({ opened: undefined, followed: undefined });
    document.getElementById('words')?.focus();
  },
  shareContact: ({ id, name, email }) =>
    void fdc3?.broadcast({ type: 'fdc3.contact', name, id: { SALESFORCE: id, ...(email ? { email } : {}) } }),
  pickChannel(id) {
    const { channel } = page.state;
    if (!fdc3 || !channel) return;
    page.update({ channel: { ...channel, current: id } });
    void changeChannel(fdc3, id);
  },
};

const page = showPage<Account360State>(
  { access: { kind: 'starting' }, words: '', searching: false, accounts: [] },
  account360View(actions, { connect: async () => salesforce?.connect(), retry: async () => salesforce?.retry() ?? location.reload() }),
);

try {
  fdc3 = await joinDesktop();
  page.update({ channel: await readChannels(fdc3) });
  for (const type of ['fdc3.contact', 'fdc3.organization']) await fdc3.addContextListener(type, (context) => void follow(context));
  salesforce = followSalesforce((access) => {
    const connected = access.kind === 'connected' && page.state.access.kind !== 'connected';
    if (access.kind === 'signedOut') page.update({ access, accounts: [], opened: undefined, failure: undefined, followed: undefined });
    else page.update({ access });
    if (!connected) return;
    void searchNow();
    if (waiting) void follow(waiting);
    waiting = undefined;
  });
} catch (error) {
  page.update({ access: { kind: 'unavailable', message: describeError(error) } });
}
