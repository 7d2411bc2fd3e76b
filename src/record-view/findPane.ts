import type { RecordsToChooseFrom } from '../channel/protocol.ts';
import type { Question } from '../record-edit/askPerson.ts';
import { delay } from '../time.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { findStateOf, type FindState } from './findState.ts';
import type { FindActions } from './findTemplate.ts';
import { NewRecordEditor, type KeptNewRecord } from './newRecordEditor.ts';
import type { OpenNewRecord } from './newRecordTemplate.ts';
import type { RecordApi } from './recordApi.ts';
import { isSearchable, searchRecords } from './recordSearch.ts';

const typingPauseMs = 300;

interface FindPaneOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  announce: (text: string) => void;
  draw: (find: FindState) => void;
  /** Goes on with what the person has picked or made. @throws when that cannot be passed on */
  choose: (record: { type: string; id: string; name: string }, how: 'picked' | 'created') => Promise<void>;
  ask: (question: Question) => Promise<boolean>;
  /** Nothing is written. @param refusal what Salesforce has refused before */
  cancel: (refusal: string | undefined) => Promise<void>;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
}

interface OpenFind {
  api: RecordApi;
  state: RecordsToChooseFrom;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
  /** Aborts when the person has left. */
  visit: AbortSignal;
}

/** What was found, a search for others, and the form for a new record. */
export class FindPane {
  readonly #options: FindPaneOptions;
  #open: OpenFind | undefined;
  #find: FindState | undefined;
  #searching = new AbortController();
  readonly #form: NewRecordEditor;
  /** In memory only, for the person who has typed it. */
  #kept: { person: string; record: KeptNewRecord } | undefined;
  readonly actions: FindActions;

  constructor(options: FindPaneOptions) {
    this.#options = options;
    const { announce, ask, onUnsavedWork, root } = options;
    this.#form = new NewRecordEditor({
      ...{ announce, ask, onUnsavedWork },
      onChange: (form, focus) => {
        this.#update({ form });
        if (focus) root.querySelector<HTMLElement>(focus)?.focus();
      },
      onCreated: ({ type, id }) => this.#choose(type, id, 'created'),
    });
    this.actions = {
      ...this.#form.actions,
      choose: (type, id) => void this.#pick(type, id),
      cancelFind: () => void this.#cancel(),
      search: (term, isFinal) => void this.#search(term, isFinal),
      openForm: () => void this.#openForm(),
    };
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#form.isDirty || this.#kept !== undefined;
  }

  /** Whether the person lets go of what they have typed. Asks when there is something to lose. */
  mayLeave(): Promise<boolean> {
    return this.#form.mayLeave();
  }

  /** The session is over. @param person whose work is kept until they are back; undefined drops it */
  leave(person: string | undefined): void {
    const record = this.#form.kept;
    if (person === undefined) this.#kept = undefined;
    else if (record) this.#kept = { person, record };
    this.#form.end();
  }

  /** Somebody is there: what anybody else had typed is forgotten. */
  forgetOthers(person: string): void {
    if (this.#kept?.person !== person) this.#kept = undefined;
  }

  open(open: OpenFind): void {
    const { state, signal } = open;
    const kept = this.#kept?.record;
    const find = (this.#find = findStateOf(state));
    const { type, query, candidates, says } = find;
    this.#open = open;
    this.#form.end();
    this.#form.refusal = undefined;
    signal.addEventListener('abort', () => {
      if (this.#open === open) this.#open = this.#find = undefined;
      this.#searching.abort();
    });
    document.title = query || `Find ${type.toLowerCase()}`;
    this.#options.draw(find);
    this.#options.root.querySelector<HTMLElement>('#heading')?.focus();
    this.#options.announce(candidates.length > 0 ? `${candidates.length} to choose from` : (says ?? 'Nothing found'));
    // What the org's own search makes of it, before anybody thinks of a new record.
    if (state.kind === 'none') void this.#search(query, true);
    else this.#options.root.querySelector<HTMLElement>('.candidate')?.focus();
    // What is to be written belongs in a new record, unless the search finds whom it is about.
    if (kept?.type === type) {
      this.#kept = undefined;
      void this.#openForm(kept.form);
    } else if (state.kind === 'none' && state.profile) void this.#openForm();
  }

  async #cancel(): Promise<void> {
    const open = this.#open;
    if (!open || !(await this.mayLeave()) || open.signal.aborted) return;
    await this.#options.cancel(this.#form.refusal).catch((error: unknown) => {
      if (!open.visit.aborted) this.#update({ problem: failureNoticeOf(error).message });
    });
  }

  /** Another record than the one that is being typed. */
  async #pick(type: string, id: string): Promise<void> {
    const open = this.#open;
    if (!open || !(await this.mayLeave()) || open.signal.aborted) return;
    await this.#choose(type, id, 'picked');
  }

  #update(change: Partial<FindState>): void {
    if (!this.#find) return;
    this.#find = { ...this.#find, ...change };
    this.#options.draw(this.#find);
  }

  async #search(term: string, isFinal: boolean): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    if (!this.#open || !this.#find) return;
    const { api } = this.#open;
    const { type } = this.#find;
    if (!isSearchable(term)) return this.#update({ search: { kind: 'idle' } });
    if (!isFinal) await delay(typingPauseMs);
    if (signal.aborted) return;
    this.#update({ search: { kind: 'searching', term } });
    try {
      const records = await searchRecords(api, type, term, signal);
      if (signal.aborted) return;
      this.#update({ search: { kind: 'found', term, records } });
      this.#options.announce(`${records.length} found for ${term}`);
    } catch (error) {
      if (!signal.aborted) this.#update({ search: { kind: 'failed', message: failureNoticeOf(error).message } });
    }
  }

  async #choose(type: string, id: string, how: 'picked' | 'created'): Promise<void> {
    const visit = this.#open?.visit;
    const { candidates = [], search, query = '' } = this.#find ?? {};
    const all = search?.kind === 'found' ? [...candidates, ...search.records] : candidates;
    const name = all.find((one) => one.id === id)?.name ?? query;
    try {
      await this.#options.choose({ type, id, name }, how);
    } catch (error) {
      if (!visit?.aborted)
        this.#update({ problem: `The choice could not be passed on. ${failureNoticeOf(error).message}` });
    }
  }

  /** @param kept goes on with this */
  async #openForm(kept?: OpenNewRecord): Promise<void> {
    if (!this.#open || !this.#find) return;
    const {
      api,
      signal,
      state: { suggested },
    } = this.#open;
    await this.#form.open({ api, type: this.#find.type, suggested, signal }, kept);
  }
}
