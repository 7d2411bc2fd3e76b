import { delay } from '../time.ts';
import { failureNoticeOf } from './failureNotice.ts';
import type { FormField } from './formFields.ts';
import { searchLookup, shortestTerm, type LookupSource } from './lookupSearch.ts';
import { emptyLookup, type LookupState, type OpenLookup } from './lookupState.ts';
import type { LookupActions } from './lookupTemplate.ts';
import type { RecordApi } from './recordApi.ts';

const typingPauseMs = 300;

interface LookupFieldsOptions {
  api: RecordApi;
  source: LookupSource;
  /** Aborts when the form is not shown any more. */
  signal: AbortSignal;
  announce: (text: string) => void;
  stateOf: (name: string) => LookupState | undefined;
  /** Takes another state of a lookup. `focus`: where the person is to be then, as a selector. */
  change: (name: string, lookup: LookupState, focus?: string) => void;
  /** Another record is in the field, or none. */
  onValue: (name: string, id: string) => void;
}

/** The lookup fields of one form: a search at a time, given up with the next one. */
export class LookupFields implements LookupActions {
  readonly #options: LookupFieldsOptions;
  #searching = new AbortController();

  constructor(options: LookupFieldsOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#searching.abort());
  }

  /** Shows what may be meant by what is typed; where it is nothing, what was used lately. */
  lookUp(field: FormField, term: string): void {
    void this.#search(field, term);
  }

  pick({ name }: FormField, record: { id: string; name: string } | undefined): void {
    this.#searching.abort();
    this.#options.onValue(name, record?.id ?? '');
    const lookup: LookupState = record ? { kind: 'chosen', id: record.id, name: record.name } : emptyLookup;
    this.#options.change(name, lookup, `#field-${name}`);
  }

  point(field: FormField, active: number): void {
    this.#set(field, { ...this.#openOf(field), active });
  }

  closeList(field: FormField): void {
    const before = this.#options.stateOf(field.name);
    this.#searching.abort();
    if (before?.kind === 'open' && before.isShown) this.#set(field, { ...before, isShown: false, active: -1 });
  }

  async #search(field: FormField, term: string): Promise<void> {
    const { api, source, signal: shown, announce } = this.#options;
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    const sought = term.trim();
    const before = this.#openOf(field);
    this.#set(field, { ...before, term, active: -1 });
    if (sought !== '' && sought.length < shortestTerm)
      return this.#say(field, term, `Type at least ${shortestTerm} characters`);
    if (sought !== '') await delay(typingPauseMs, signal);
    if (signal.aborted || shown.aborted) return;
    try {
      const { results, hasMore } = await searchLookup(api, field, source, sought, signal);
      if (signal.aborted || shown.aborted) return;
      const message = messageOf(sought, results.length, hasMore);
      this.#set(field, { kind: 'open', results, message, term, isShown: true, active: -1 });
      announce(results.length === 0 ? message : `${results.length} to choose from`);
    } catch (error) {
      if (!signal.aborted && !shown.aborted) this.#say(field, term, failureNoticeOf(error).message);
    }
  }

  #openOf({ name }: FormField): OpenLookup {
    const state = this.#options.stateOf(name);
    return state?.kind === 'open' ? state : emptyLookup;
  }

  #say(field: FormField, term: string, message: string): void {
    this.#set(field, { kind: 'open', results: [], message, term, isShown: true, active: -1 });
    this.#options.announce(message);
  }

  #set({ name }: FormField, lookup: LookupState): void {
    this.#options.change(name, lookup);
  }
}

function messageOf(sought: string, count: number, hasMore: boolean): string {
  if (count === 0) return sought === '' ? 'Type to search' : `Nothing found for “${sought}”`;
  if (sought === '') return 'Used lately';
  return hasMore ? 'There are more: type on' : '';
}
