/** Entry of the Contacts app. */
import type { DesktopAgent } from '@finos/fdc3';
import type { SalesforceConnection } from 'salesforce-interop/client';
import { changeChannel, showChannel } from '../channelPicker.ts';
import { findPersonBySearch } from '../findPerson.ts';
import { joinDesktop } from '../joinDesktop.ts';
import { closeByEscape, keepFocus } from '../keepFocus.ts';
import { ChangeMarks } from '../../../src/live-view/changeMarks.ts';
import { defineFreshnessLine } from '../../../src/live-view/freshnessLine.ts';
import { unsavedWorkTeller } from '../../../src/core-web/unsavedWork.ts';
import { LiveView } from '../../../src/live-view/liveView.ts';
import { askPerson, discardTyped } from '../../../src/record-edit/askPerson.ts';
import { undecided, withChoice } from '../../../src/record-edit/merge.ts';
import { saveEdit } from '../../../src/record-edit/saveEdit.ts';
import { saveErrorsOf, type SaveErrors } from '../../../src/record-edit/saveErrors.ts';
import { showPage } from '../../pages/page.ts';
import {
  describeError,
  followSalesforce,
  needsSignIn,
  type FollowedSalesforce,
  type Visit,
} from '../salesforceAccess.ts';
import {
  createContact,
  readContact,
  readPage,
  searchContacts,
  type ContactPage,
  type ContactRecord,
} from './contactRecords.ts';
import {
  afterMerge,
  editedFields,
  formAfter,
  formOf,
  hasUnsavedWork,
  noErrors,
  stateOf,
  typedValues,
  withTheirs,
  type ContactForm,
} from './contactEdit.ts';
import { focusBack, focusInList } from './contactFocus.ts';
import { watchContact, watchContacts } from './contactWatch.ts';
import { contactsView, type ContactsActions, type ContactsState } from './contactsView.ts';

/** Milliseconds after the last key until a search begins: a typing person presses the next key sooner. */
const typingPauseMs = 250;
const fieldNames = editedFields.map(({ name }) => name);

let fdc3: DesktopAgent | undefined;
let salesforce: FollowedSalesforce | undefined;
let search = new AbortController();
/** What keeps the contact that is looked at up to date. */
let watched: { id: string; view: LiveView } | undefined;
/** What keeps the list up to date. */
let list = new LiveView();
const marks = new ChangeMarks(() => page.update({}));
let typing: ReturnType<typeof setTimeout> | undefined;

/** The visit of the person who is signed in now. Work that takes time keeps it, to notice when they have left. */
const visitNow = (): Visit | undefined => (page.state.access.kind === 'connected' ? page.state.access : undefined);

function fail(visit: Visit, error: unknown): void {
  if (visit.left.aborted) return;
  if (needsSignIn(error)) salesforce?.ended(visit, error);
  else page.update({ failure: describeError(error), searching: false, loadingMore: false });
}

/** Runs a search, or reads its next page; whatever search came before is cancelled. */
async function load(
  read: (salesforce: SalesforceConnection, signal: AbortSignal) => Promise<ContactPage>,
  before: ContactRecord[],
): Promise<void> {
  const visit = visitNow();
  if (!visit) return;
  search.abort();
  search = new AbortController();
  const signal = AbortSignal.any([search.signal, visit.left]);
  page.update({ searching: before.length === 0, loadingMore: before.length > 0, failure: undefined });
  try {
    const { records, totalSize, nextRecordsUrl } = await read(visit.connection, signal);
    if (signal.aborted) return;
    page.update({ contacts: [...before, ...records], totalSize, nextRecordsUrl, searching: false, loadingMore: false });
    // The button that loaded them may be gone.
    if (before.length > 0) focusInList(before.length);
  } catch (error) {
    if (signal.aborted) return;
    // What an earlier search has found is no answer to this one.
    if (before.length === 0) page.update({ contacts: [], totalSize: 0, nextRecordsUrl: undefined });
    fail(visit, error);
  }
}

const searchNow = () => load((connection, signal) => searchContacts(connection, page.state.words.trim(), signal), []);

/** Replaces a contact wherever it is shown. What is typed in the form stays. */
function replace(contact: ContactRecord): void {
  const { contacts, selected, form } = page.state;
  page.update({
    ...(selected?.Id === contact.Id && { selected: contact }),
    contacts: contacts.map((known) => (known.Id === contact.Id ? contact : known)),
    ...(form?.id === contact.Id && { form: { ...form, theirs: stateOf(contact) } }),
  });
}

/** Keeps the contact that is looked at up to date. @param onFirst called once it has been read */
function watch(visit: Visit, id: string, onFirst: (contact: ContactRecord) => void = () => undefined): void {
  endWatch();
  const view = new LiveView();
  watched = { id, view };
  page.update({ freshness: () => view.freshness });
  let isFirst = true;
  watchContact(visit.connection, id, view, {
    shown(contact, changed) {
      replace(contact);
      marks.mark(changed);
      if (isFirst) onFirst(contact);
      isFirst = false;
    },
    gone() {
      forget(id);
      if (page.state.form?.id !== id) page.update({ failure: 'This contact was deleted, or you may not see it.' });
    },
    failed: (error) => fail(visit, error),
  });
}

function endWatch(): void {
  watched?.view.end();
  watched = undefined;
  page.update({ freshness: undefined });
}

/** A contact is gone. A form in which somebody is typing stays, and says so. */
function forget(id: string): void {
  const { contacts, selected, form } = page.state;
  const isSelected = selected?.Id === id;
  if (isSelected) endWatch();
  page.update({
    contacts: contacts.filter((known) => known.Id !== id),
    ...(isSelected && { selected: undefined }),
    ...(form?.id === id && { form: { ...form, isGone: true } }),
  });
}

/** Goes to a contact, and tells the other apps. */
function announce(contact: ContactRecord): void {
  document.getElementById('contact-name')?.focus();
  void fdc3?.broadcast({
    type: 'fdc3.contact',
    name: contact.Name,
    id: { SALESFORCE: contact.Id, ...(contact.Email ? { email: contact.Email } : {}) },
  });
}

/** Asks before what was typed is dropped. */
const mayDrop = async (): Promise<boolean> =>
  !hasUnsavedWork(page.state.form) || askPerson(discardTyped, visitNow()?.left);

const rowOf = (id?: string): number => page.state.contacts.findIndex(({ Id }) => Id === id);

function closeContact(): void {
  const { selected } = page.state;
  endWatch();
  page.update({ selected: undefined });
  focusBack(rowOf(selected?.Id));
}

async function cancel(): Promise<void> {
  if (!(await mayDrop())) return;
  page.update({ form: undefined });
  focusBack(rowOf(page.state.selected?.Id));
}

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
    if (nextRecordsUrl) void load((connection, signal) => readPage(connection, nextRecordsUrl, signal), contacts);
  },
  async select(contact) {
    if (!(await mayDrop())) return;
    const visit = visitNow();
    if (!visit) return;
    page.update({ selected: contact, form: undefined, done: undefined, failure: undefined });
    watch(visit, contact.Id, announce);
  },
  deselect: closeContact,
  edit(contact) {
    page.update({ form: formOf(contact), done: undefined, failure: undefined });
    document.getElementById('field-FirstName')?.focus();
  },
  async create() {
    if (!(await mayDrop())) return;
    page.update({ form: formOf(), done: undefined, failure: undefined });
    document.getElementById('field-FirstName')?.focus();
  },
  type(field, value) {
    const { form } = page.state;
    if (form) page.update({ form: { ...form, values: { ...form.values, [field]: value } } });
  },
  takeOver() {
    const { form } = page.state;
    if (form) page.update({ form: withTheirs(form) });
  },
  chooseSide(field, side) {
    const { form } = page.state;
    if (form?.merge) page.update({ form: { ...form, merge: withChoice(form.merge, field, side) } });
  },
  backToForm() {
    const { form } = page.state;
    if (form) page.update({ form: { ...form, merge: undefined } });
    document.getElementById('field-FirstName')?.focus();
  },
  saveMerge: () => void saveMerge(),
  cancel,
  save: () => void save(),
  pickChannel: (id) =>
    changeChannel(fdc3, page, id).catch((error: unknown) => page.update({ failure: describeError(error) })),
};

async function saveMerge(): Promise<void> {
  const { form } = page.state;
  if (!form?.merge) return;
  const missing = undecided(form.merge);
  if (missing.length === 0) {
    page.update({ form: afterMerge(form, form.merge) });
    return save();
  }
  page.update({ form: { ...form, missing } });
  document.querySelector<HTMLElement>('.merge-row[aria-invalid="true"] input')?.focus();
}

async function save(): Promise<void> {
  const { form } = page.state;
  const visit = visitNow();
  if (!form || form.saving || form.isGone || !visit) return;
  const { connection, left } = visit;
  page.update({ form: { ...form, saving: true, errors: noErrors }, failure: undefined });
  try {
    const id = form.id ?? (await createContact(connection, form.values));
    if (form.id !== undefined && !(await change(visit, form))) return;
    const contact = await readContact(connection, id);
    if (left.aborted) return;
    page.update({ selected: contact, form: undefined });
    replace(contact);
    announce(contact);
    if (watched?.id !== id) watch(visit, id);
    page.update({ done: form.id === undefined ? 'The contact was created.' : 'The contact was saved.' });
    if (form.id === undefined) await searchNow();
  } catch (error) {
    if (left.aborted || needsSignIn(error) || !page.state.form) return fail(visit, error);
    refuse(saveErrorsOf(error, fieldNames) ?? { ...noErrors, general: [describeError(error)] });
  }
}

/** @returns whether it was saved; where it was not, the form says why. */
async function change({ connection, left }: Visit, form: ContactForm): Promise<boolean> {
  const { base } = form;
  const mine = typedValues(form);
  const outcome = await saveEdit(connection, { base, mine, fields: editedFields, signal: left });
  const current = page.state.form;
  if (left.aborted || !current) return false;
  const after = formAfter(current, outcome);
  if (!after) return true;
  page.update({ form: after });
  document.querySelector<HTMLElement>('#merge-title, [aria-invalid="true"]')?.focus();
  return false;
}

function refuse(errors: SaveErrors): void {
  const { form } = page.state;
  if (form) page.update({ form: { ...form, saving: false, errors } });
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

defineFreshnessLine();
const draw = contactsView(actions, marks, {
  connect: async () => salesforce?.connect(),
  retry: async () => salesforce?.retry() ?? location.reload(),
});
const tellUnsavedWork = unsavedWorkTeller();
closeByEscape(() => {
  if (page.state.form?.merge) actions.backToForm();
  else if (page.state.form) void cancel();
  else if (page.state.selected) closeContact();
});
window.addEventListener('beforeunload', (event) => {
  if (hasUnsavedWork(page.state.form)) event.preventDefault();
});
const page = showPage<ContactsState>(
  { access: { kind: 'starting' }, words: '', searching: false, loadingMore: false, contacts: [], totalSize: 0 },
  (state) => {
    tellUnsavedWork(hasUnsavedWork(state.form));
    return draw(state);
  },
);
try {
  fdc3 = await joinDesktop();
  await showChannel(fdc3, page);
  await findPersonBySearch(fdc3, visitNow, actions.search);
  salesforce = followSalesforce((access) => {
    const { channel, access: before } = page.state;
    clearTimeout(typing);
    endWatch();
    list.end();
    marks.clear();
    page.reset({ access, ...(channel && { channel }) });
    keepFocus(before, access);
    if (access.kind !== 'connected') return;
    const view = (list = new LiveView());
    page.update({ listFreshness: () => view.freshness });
    watchContacts(access.connection, list, {
      changed(contact) {
        if (!page.state.contacts.some(({ Id }) => Id === contact.Id)) return;
        replace(contact);
        marks.mark([contact.Id]);
      },
      gone: forget,
    });
    void searchNow();
  });
} catch (error) {
  page.update({ access: { kind: 'unavailable', message: describeError(error) } });
}
