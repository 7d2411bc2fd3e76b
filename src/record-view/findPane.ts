import type { RecordsToChooseFrom } from '../channel/protocol.ts';
import { discardTyped, type Question } from '../record-edit/askPerson.ts';
import { saveErrorsOf } from '../record-edit/saveErrors.ts';
import { delay } from '../time.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { findStateOf, type FindState } from './findState.ts';
import type { FindActions } from './findTemplate.ts';
import type { FormField, FormValues } from './formFields.ts';
import { lookUp } from './lookupSearch.ts';
import type { LookupState } from './lookupTemplate.ts';
import { createRecord, loadNewRecordForm } from './newRecord.ts';
import type { NewRecordState } from './newRecordTemplate.ts';
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
}

interface OpenFind {
  api: RecordApi;
  state: RecordsToChooseFrom;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
  /** Aborts when the person has left. */
  visit: AbortSignal;
}

type OpenFormState = Extract<NewRecordState, { kind: 'open' }>;

/** What was found, a search for others, and the form for a new record. */
export class FindPane {
  readonly #options: FindPaneOptions;
  #open: OpenFind | undefined;
  #find: FindState | undefined;
  #searching = new AbortController();
  #isAsking = false;
  #refusal: string | undefined;
  readonly actions: FindActions = {
    choose: (type, id) => void this.#choose(type, id, 'picked'),
    cancelFind: () => void this.#cancel(),
    search: (term, isFinal) => void this.#search(term, isFinal),
    openForm: () => void this.#openForm(),
    closeForm: () => this.#update({ form: { kind: 'closed' } }),
    lookUp: (field, term) => void this.#lookUp(field, term),
    pick: (field, record) => this.#pick(field, record),
    save: (values) => void this.#save(values),
  };

  constructor(options: FindPaneOptions) {
    this.#options = options;
  }

  open(open: OpenFind): void {
    const { state, signal } = open;
    const find = (this.#find = findStateOf(state));
    const { type, query, candidates, says } = find;
    this.#open = open;
    this.#refusal = undefined;
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
    if (state.kind === 'none' && state.profile) void this.#openForm();
  }

  async #cancel(): Promise<void> {
    const open = this.#open;
    if (!open || this.#isAsking) return;
    const inputs = [...this.#options.root.querySelectorAll<HTMLInputElement>('form:not([role]) [name]')];
    if (inputs.some(({ value, defaultValue }) => defaultValue !== undefined && value !== defaultValue)) {
      this.#isAsking = true;
      const goesOn = await this.#options.ask(discardTyped).finally(() => (this.#isAsking = false));
      if (!goesOn || open.signal.aborted) return;
    }
    await this.#options.cancel(this.#refusal).catch((error: unknown) => {
      if (!open.visit.aborted) this.#update({ problem: failureNoticeOf(error).message });
    });
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

  async #openForm(): Promise<void> {
    if (!this.#open || !this.#find) return;
    const {
      api,
      signal,
      state: { suggested },
    } = this.#open;
    this.#update({ form: { kind: 'loading' } });
    try {
      const form = await loadNewRecordForm(api, this.#find.type, suggested, signal);
      if (signal.aborted) return;
      const chosen = Object.entries(form.lookupNames).map(
        ([field, name]) => [field, { kind: 'chosen', id: suggested[field] ?? '', name }] as const,
      );
      this.#update({
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
        this.#update({
          form: { kind: 'unavailable', message: `The form could not be loaded. ${failureNoticeOf(error).message}` },
        });
    }
  }

  #updateLookup(name: string, lookup: LookupState): void {
    if (this.#find?.form.kind !== 'open') return;
    const { form } = this.#find;
    this.#update({ form: { ...form, lookups: { ...form.lookups, [name]: lookup } } });
  }

  async #lookUp(field: FormField, term: string): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    if (!this.#open) return;
    const found = await lookUp(this.#open.api, field, term, signal);
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
    if (!this.#open || this.#find?.form.kind !== 'open') return;
    const open = this.#find.form;
    const { api, visit } = this.#open;
    const fields = [...open.form.fields, ...open.form.moreFields];
    const missing = fields.filter(({ name, required }) => required && String(values[name] ?? '').trim() === '');
    if (missing.length > 0) {
      return this.#showSaveErrors(open, {
        general: [],
        duplicates: [],
        fields: Object.fromEntries(missing.map(({ name }) => [name, 'Complete this field.'])),
      });
    }
    this.#update({ form: { ...open, isSaving: true } });
    try {
      const id = await createRecord(api, open.form, values);
      if (!visit.aborted) await this.#choose(open.form.type, id, 'created');
    } catch (error) {
      if (visit.aborted) return;
      const errors = saveErrorsOf(
        error,
        fields.map(({ name }) => name),
      );
      if (errors) this.#refusal = [...errors.general, ...Object.values(errors.fields)].join(' ');
      this.#showSaveErrors(open, errors ?? { general: [failureNoticeOf(error).message], fields: {}, duplicates: [] });
    }
  }

  #showSaveErrors(open: OpenFormState, errors: OpenFormState['errors']): void {
    this.#update({ form: { ...open, errors, isSaving: false } });
    this.#options.root.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}
