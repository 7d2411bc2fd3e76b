import { render } from 'lit';
import type { RecordViewState } from '../channel/protocol.ts';
import { delay } from '../time.ts';
import type { Question } from '../record-edit/askPerson.ts';
import { chosenBeforeFor } from './chosenBefore.ts';
import { failureNoticeOf, leftNotices } from './failureNotice.ts';
import { findStateOf, type FindState } from './findState.ts';
import { lookUp } from './lookupSearch.ts';
import type { LookupState } from './lookupTemplate.ts';
import { createRecord, loadNewRecordForm } from './newRecord.ts';
import type { FormField, FormValues } from './formFields.ts';
import type { NewRecordState } from './newRecordTemplate.ts';
import type { RecordApi } from './recordApi.ts';
import { recordHash, recordIdInHash } from './recordHash.ts';
import { RecordPane } from './recordPane.ts';
import { isSearchable, searchRecords } from './recordSearch.ts';
import { saveErrorsOf } from '../record-edit/saveErrors.ts';
import type { Watch } from './shownRecord.ts';
import { screenTemplate, type Screen, type ScreenActions } from './screenTemplate.ts';

const TYPING_PAUSE_MS = 300;

export interface RecordViewOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  /** Live region for screen readers. */
  announce: (text: string) => void;
  /**
   * Connects to Salesforce and asks the provider what to show; run again by "Try again". `person` is who is signed in,
   * and in which org.
   */
  open: () => Promise<{ api: RecordApi; watch: Watch; state: RecordViewState; person: string }>;
  /** Asks the person; the signal takes the question back. */
  ask: (question: Question, signal: AbortSignal) => Promise<boolean>;
  /** Told at each change whether something would be lost with this page. */
  onUnsavedWork: (unsaved: boolean) => void;
  /** Tells the provider of a choice. */
  reportChoice: (type: string, id: string) => Promise<void>;
  /** Tells the provider that the record which was chosen before is not meant. */
  forgetChoice: () => Promise<void>;
}

type OpenFormState = Extract<NewRecordState, { kind: 'open' }>;

/** The page's state, and the actions of the person. Every change draws the page again. */
export class RecordViewApp {
  readonly #options: RecordViewOptions;
  #screen: Screen = { kind: 'loading', what: 'Connecting to Salesforce' };
  #api: RecordApi | undefined;
  #watch: Watch | undefined;
  #state: RecordViewState | undefined;
  /** Aborts the loading of the last screen. */
  #loading = new AbortController();
  #searching = new AbortController();
  /** Aborts when the person at this page has left: what they asked for is not shown any more. */
  #visit = new AbortController();
  #isWaitingForSignIn = false;
  /** Who is signed in, and in which org. */
  #person: string | undefined;
  readonly #pane: RecordPane;
  readonly #title = document.title;
  readonly #actions: ScreenActions;

  constructor(options: RecordViewOptions) {
    this.#options = options;
    this.#pane = new RecordPane({
      root: options.root,
      announce: options.announce,
      ask: (question) => options.ask(question, this.#visit.signal),
      draw: (screen) => {
        document.title = screen.page.name;
        this.#show({ kind: 'record', ...screen, chosenFor: chosenBeforeFor(this.#state, screen.page.id) });
      },
      onFailure: (error) => {
        this.#loading.abort();
        this.#show({ kind: 'failed', notice: failureNoticeOf(error), retry: () => void this.#open() });
      },
    });
    const pane = this.#pane.actions;
    this.#actions = {
      ...pane,
      typeInto: (field, value) => {
        pane.typeInto(field, value);
        options.onUnsavedWork(this.hasUnsavedWork);
      },
      refresh: () => void this.#showCurrent(true),
      chooseAgain: () => void this.#chooseAgain(),
      choose: (type, id) => void this.#choose(type, id),
      search: (term, isFinal) => void this.#search(term, isFinal),
      openForm: () => void this.#openForm(),
      closeForm: () => this.#updateFind({ form: { kind: 'closed' } }),
      lookUp: (field, term) => (this.#pane.isEditing ? pane.lookUp(field, term) : void this.#lookUp(field, term)),
      pick: (field, record) => (this.#pane.isEditing ? pane.pick(field, record) : this.#pick(field, record)),
      save: (values) => void this.#save(values),
    };
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#pane.hasUnsavedWork;
  }

  /** Draws the page and keeps it up to date with the address's fragment. */
  async start(): Promise<void> {
    window.addEventListener('hashchange', () => void this.#navigated());
    window.addEventListener('beforeunload', (event) => {
      if (this.hasUnsavedWork) event.preventDefault();
    });
    await this.#open();
  }

  /**
   * The session is over. Nothing that was shown stays: not in the page, its title or its address; answers that are
   * still under way are discarded.
   *
   * @param how `signInRequired`: if the same person signs in again, they get their view back, as the provider remembers
   *   it, and what they had typed, which is kept in memory until somebody signs in.
   */
  leave(how: 'signedOut' | 'signInRequired'): void {
    this.#pane.leave(how === 'signInRequired' ? this.#person : undefined);
    for (const work of [this.#visit, this.#loading, this.#searching]) work.abort();
    this.#visit = new AbortController();
    this.#api = undefined;
    this.#watch = undefined;
    this.#state = undefined;
    this.#isWaitingForSignIn = how === 'signInRequired';
    document.title = this.#title;
    history.replaceState(null, '', `${location.pathname}${location.search}`);
    this.#options.announce('');
    this.#show({ kind: 'failed', notice: leftNotices[how], retry: () => void this.#open() });
  }

  /** Somebody has signed in. */
  signedIn(): void {
    if (this.#isWaitingForSignIn) void this.#open();
  }

  async #open(): Promise<void> {
    const { signal } = this.#visit;
    this.#isWaitingForSignIn = false;
    this.#show({ kind: 'loading', what: 'Connecting to Salesforce' });
    try {
      const { api, watch, state, person } = await this.#options.open();
      if (signal.aborted) return;
      this.#person = person;
      const kept = this.#pane.keptFor(person);
      if (kept) history.replaceState(null, '', recordHash(kept.type, kept.id));
      this.#api = api;
      this.#watch = watch;
      this.#state = state;
      await this.#showCurrent();
    } catch (error) {
      if (!signal.aborted)
        this.#show({ kind: 'failed', notice: failureNoticeOf(error), retry: () => void this.#open() });
    }
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    render(screenTemplate(screen, this.#actions), this.#options.root);
    this.#options.onUnsavedWork(this.hasUnsavedWork);
  }

  /** The record that was chosen before is not meant: it is forgotten, and the person chooses anew. */
  async #chooseAgain(): Promise<void> {
    const { signal } = this.#visit;
    const state = this.#state;
    if (state?.kind !== 'record' || !state.instead) return;
    const problem = await this.#options.forgetChoice().then(() => undefined, failureNoticeOf);
    if (signal.aborted) return;
    if (problem) return this.#options.announce(problem.message);
    this.#state = state.instead;
    await this.#showCurrent();
  }

  /** Another record is asked for, or the one before. What is typed here is not dropped without a question. */
  async #navigated(): Promise<void> {
    if (await this.#pane.mayLeave(location.hash)) await this.#showCurrent();
  }

  /** @param isAnew whether the person wants it as it is in the org now */
  async #showCurrent(isAnew = false): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    if (this.#state === undefined) return;
    const linked = recordIdInHash(location.hash);
    if (linked !== undefined) await this.#showRecord(linked, isAnew);
    else if (this.#state.kind === 'record') await this.#showRecord(this.#state.id, isAnew);
    else this.#showFind(this.#state);
  }

  async #showRecord(id: string, isAnew: boolean): Promise<void> {
    const [api, watch] = [this.#api, this.#watch];
    const { signal } = this.#loading;
    if (api === undefined || watch === undefined) return;
    if (this.#screen.kind !== 'record') this.#show({ kind: 'loading', what: 'Loading the record' });
    const opensOn = this.#state?.kind === 'record' && this.#state.id === id ? this.#state.opensOn : undefined;
    await this.#pane.open({ api, watch, id, opensOn, isAnew, signal });
  }

  #showFind(state: Exclude<RecordViewState, { kind: 'record' }>): void {
    const find = findStateOf(state);
    const { type, query, candidates, says } = find;
    document.title = query || `Find ${type.toLowerCase()}`;
    this.#show({ kind: 'find', find });
    this.#focusHeading(candidates.length > 0 ? `${candidates.length} to choose from` : (says ?? 'Nothing found'));
    // What the org's own search makes of it, before anybody thinks of a new record.
    if (state.kind === 'none') void this.#search(query, true);
    else this.#options.root.querySelector<HTMLElement>('.candidate')?.focus();
  }

  #updateFind(change: Partial<FindState>): void {
    if (this.#screen.kind === 'find') this.#show({ kind: 'find', find: { ...this.#screen.find, ...change } });
  }

  async #search(term: string, isFinal: boolean): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    if (this.#screen.kind !== 'find' || this.#api === undefined) return;
    const { type } = this.#screen.find;
    if (!isSearchable(term)) return this.#updateFind({ search: { kind: 'idle' } });
    if (!isFinal) await delay(TYPING_PAUSE_MS);
    if (signal.aborted) return;
    this.#updateFind({ search: { kind: 'searching', term } });
    try {
      const records = await searchRecords(this.#api, type, term, signal);
      if (signal.aborted) return;
      this.#updateFind({ search: { kind: 'found', term, records } });
      this.#options.announce(`${records.length} found for ${term}`);
    } catch (error) {
      if (!signal.aborted) this.#updateFind({ search: { kind: 'failed', message: failureNoticeOf(error).message } });
    }
  }

  async #choose(type: string, id: string): Promise<void> {
    const { signal } = this.#visit;
    try {
      await this.#options.reportChoice(type, id);
    } catch (error) {
      return signal.aborted
        ? undefined
        : this.#updateFind({ problem: `The choice could not be passed on. ${failureNoticeOf(error).message}` });
    }
    if (signal.aborted) return;
    const opensOn = this.#state?.opensOn;
    this.#state = { kind: 'record', type, id, ...(opensOn && { opensOn }) };
    await this.#showCurrent();
  }

  async #openForm(): Promise<void> {
    if (this.#screen.kind !== 'find' || this.#api === undefined) return;
    const state = this.#state;
    const suggested = state === undefined || state.kind === 'record' ? {} : state.suggested;
    const { signal } = this.#loading;
    this.#updateFind({ form: { kind: 'loading' } });
    try {
      const form = await loadNewRecordForm(this.#api, this.#screen.find.type, suggested, signal);
      if (signal.aborted) return;
      const chosen = Object.entries(form.lookupNames).map(
        ([field, name]) => [field, { kind: 'chosen', id: suggested[field] ?? '', name }] as const,
      );
      this.#updateFind({
        form: {
          kind: 'open',
          form,
          suggested,
          errors: { general: [], fields: {}, duplicates: [] },
          isSaving: false,
          lookups: Object.fromEntries(chosen),
        },
      });
    } catch (error) {
      if (!signal.aborted)
        this.#updateFind({
          form: { kind: 'unavailable', message: `The form could not be loaded. ${failureNoticeOf(error).message}` },
        });
    }
  }

  #updateLookup(name: string, lookup: LookupState): void {
    if (this.#screen.kind !== 'find' || this.#screen.find.form.kind !== 'open') return;
    const { form } = this.#screen.find;
    this.#updateFind({ form: { ...form, lookups: { ...form.lookups, [name]: lookup } } });
  }

  async #lookUp(field: FormField, term: string): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    if (this.#api === undefined) return;
    const found = await lookUp(this.#api, field, term, signal);
    if (found) this.#updateLookup(field.name, found);
  }

  #pick({ name }: FormField, record: { id: string; name: string } | undefined): void {
    this.#updateLookup(
      name,
      record === undefined
        ? { kind: 'open', results: [], message: '' }
        : { kind: 'chosen', id: record.id, name: record.name },
    );
    this.#options.root.querySelector<HTMLElement>(`#field-${name}`)?.focus();
  }

  async #save(values: FormValues): Promise<void> {
    if (this.#screen.kind !== 'find' || this.#api === undefined || this.#screen.find.form.kind !== 'open') return;
    const open = this.#screen.find.form;
    const fields = [...open.form.fields, ...open.form.moreFields];
    const missing = fields.filter(({ name, required }) => required && String(values[name] ?? '').trim() === '');
    if (missing.length > 0) {
      return this.#showSaveErrors(open, {
        general: [],
        duplicates: [],
        fields: Object.fromEntries(missing.map(({ name }) => [name, 'Complete this field.'])),
      });
    }
    const { signal } = this.#visit;
    this.#updateFind({ form: { ...open, isSaving: true } });
    try {
      const id = await createRecord(this.#api, open.form, values);
      if (!signal.aborted) await this.#choose(open.form.type, id);
    } catch (error) {
      if (signal.aborted) return;
      const errors = saveErrorsOf(
        error,
        fields.map(({ name }) => name),
      );
      this.#showSaveErrors(open, errors ?? { general: [failureNoticeOf(error).message], fields: {}, duplicates: [] });
    }
  }

  #showSaveErrors(open: OpenFormState, errors: OpenFormState['errors']): void {
    this.#updateFind({ form: { ...open, errors, isSaving: false } });
    this.#options.root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  #focusHeading(announcement: string): void {
    this.#options.root.querySelector<HTMLElement>('#heading')?.focus();
    this.#options.announce(announcement);
  }
}
