/** Entry of the Contacts app. */
import type { DesktopAgent } from '@finos/fdc3';
import { changeChannel, readChannels } from '../channelPicker.ts';
import { joinDesktop } from '../joinDesktop.ts';
import { showPage } from '../page.ts';
import { describeError, followSalesforce, needsSignIn, type SalesforceAccess } from '../salesforceAccess.ts';
import {
  changeContact, createContact, editableFields, objections, readContact, readPage, searchContacts,
  type ContactPage, type ContactRecord, type ContactValues,
} from './contactRecords.ts';
import { contactsView, type ContactsActions, type ContactsState } from './contactsView.ts';

/** Long enough for the next key of somebody who types, short enough to feel at once. */
const typingPauseMs = 250;

let fdc3: DesktopAgent | undefined;
let salesforce: SalesforceAccess | undefined;
let search = new AbortController();
let typing: ReturnType<typeof setTimeout> | undefined;

const connection = () => {
  const { access } = page.state;
  if (access.kind !== 'connected') throw new Error('Not connected to Salesforce.');
  return access.connection;
};

function fail(error: unknown): void {
  if (needsSignIn(error)) page.update({ access: { kind: 'signedOut', message: describeError(error) }, searching: false, loadingMore: false });
  else page.update({ failure: describeError(error), searching: false, loadingMore: false });
}

/** Runs a search, or reads its next page; whatever search came before is cancelled. */
async function load(read: (signal: AbortSignal) => Promise<ContactPage>, before: ContactRecord[]): Promise<void> {
  search.abort();
  const mine = (search = new AbortController());
  page.update({ searching: before.length === 0, loadingMore: before.length > 0, failure: undefined });
  try {
    const { records, totalSize, nextRecordsUrl } = await read(mine.signal);
    if (mine.signal.aborted) return;
    page.update({ contacts: [...before, ...records], totalSize, nextRecordsUrl, searching: false, loadingMore: false });
  } catch (error) {
    if (!mine.signal.aborted) fail(error);
  }
}

const searchNow = () => load((signal) => searchContacts(connection(), page.state.words.trim(), signal), []);

async function show(id: string): Promise<void> {
  const contact = await readContact(connection(), id);
  page.update({ selected: contact, form: undefined, contacts: page.state.contacts.map((known) => (known.Id === id ? contact : known)) });
  document.getElementById('contact-name')?.focus();
  await fdc3?.broadcast({
    type: 'fdc3.contact',
    name: contact.Name,
    id: { SALESFORCE: contact.Id, ...(contact.Email ? { email: contact.Email } : {}) },
  });
}

const valuesOf = (contact?: ContactRecord) => Object.fromEntries(editableFields.map(({ name }) => [name, contact?.[name] ?? ''])) as ContactValues;

const actions: ContactsActions = {
  search(words) {
    page.update({ words, done: undefined });
    search.abort();
    clearTimeout(typing);
    typing = setTimeout(searchNow, typingPauseMs);
  },
  searchAgain: () => void searchNow(),
  more() {
    const { nextRecordsUrl, contacts } = page.state;
    if (nextRecordsUrl) void load((signal) => readPage(connection(), nextRecordsUrl, signal), contacts);
  },
  select(contact) {
    page.update({ selected: contact, form: undefined, done: undefined });
    show(contact.Id).catch(fail);
  },
  deselect: () => page.update({ selected: undefined }),
  edit(contact) {
    page.update({ form: { id: contact.Id, values: valuesOf(contact), fieldErrors: {}, otherErrors: [], saving: false }, done: undefined });
    document.getElementById('field-FirstName')?.focus();
  },
  create() {
    page.update({ form: { values: valuesOf(), fieldErrors: {}, otherErrors: [], saving: false }, done: undefined });
    document.getElementById('field-FirstName')?.focus();
  },
  type(field, value) {
    const { form } = page.state;
    if (form) page.update({ form: { ...form, values: { ...form.values, [field]: value } } });
  },
  cancel: () => page.update({ form: undefined }),
  save: () => void save(),
  pickChannel(id) {
    const { channel } = page.state;
    if (!fdc3 || !channel) return;
    page.update({ channel: { ...channel, current: id } });
    changeChannel(fdc3, id).catch(fail);
  },
};

async function save(): Promise<void> {
  const { form } = page.state;
  if (!form || form.saving) return;
  page.update({ form: { ...form, saving: true, fieldErrors: {}, otherErrors: [] } });
  try {
    const id = form.id ?? (await createContact(connection(), form.values));
    if (form.id !== undefined) await changeContact(connection(), id, form.values);
    await show(id);
    page.update({ done: form.id === undefined ? 'The contact was created.' : 'The contact was saved.' });
    if (form.id === undefined) await searchNow();
  } catch (error) {
    const refused = objections(error);
    if (needsSignIn(error) || !page.state.form) return fail(error);
    page.update({
      form: { ...page.state.form, saving: false, fieldErrors: refused?.fields ?? {}, otherErrors: refused?.other ?? [describeError(error)] },
    });
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}

const page = showPage<ContactsState>(
  { access: { kind: 'starting' }, words: '', searching: false, loadingMore: false, contacts: [], totalSize: 0 },
  contactsView(actions, { connect: async () => salesforce?.connect(), retry: async () => salesforce?.retry() ?? location.reload() }),
);

try {
  fdc3 = await joinDesktop();
  page.update({ channel: await readChannels(fdc3) });
  salesforce = followSalesforce((access) => {
    const connected = access.kind === 'connected' && page.state.access.kind !== 'connected';
    if (access.kind === 'signedOut') page.update({ access, contacts: [], selected: undefined, form: undefined, failure: undefined });
    else page.update({ access });
    if (connected) void searchNow();
  });
} catch (error) {
  page.update({ access: { kind: 'unavailable', message: describeError(error) } });
}
