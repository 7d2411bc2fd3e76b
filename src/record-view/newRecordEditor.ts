import { discardTyped, type Question } from '../record-edit/askPerson.ts';
import { saveErrorsOf, type SaveErrors } from '../record-edit/saveErrors.ts';
import { duplicateNames } from './duplicateNames.ts';
import { withoutInvalidChoices } from './editForm.ts';
import { faultsOf, noErrors } from './editState.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { apiValueOf, type FormField, type FormValues } from './formFields.ts';
import { LookupFields } from './lookupFields.ts';
import { isUnpicked, type LookupState } from './lookupState.ts';
import { createRecord, loadNewRecordForm, type NewRecordForm } from './newRecord.ts';
import type { NewRecordActions, NewRecordState, OpenNewRecord } from './newRecordTemplate.ts';
import type { RecordApi } from './recordApi.ts';

interface NewRecordEditorOptions {
  announce: (text: string) => void;
  ask: (question: Question) => Promise<boolean>;
  /** The form is to be drawn, or is closed. `focus`: where the person is to be then, as a selector. */
  onChange: (state: NewRecordState, focus?: string) => void;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
  /** The record is in Salesforce. */
  onCreated: (record: { type: string; id: string }) => Promise<void>;
}

interface NewRecord {
  api: RecordApi;
  type: string;
  /** Values already known, by field. */
  suggested: Readonly<Record<string, string>>;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
}

/** What is kept of a new record while its person is away. */
export interface KeptNewRecord {
  type: string;
  form: OpenNewRecord;
}

/** The form of a new record. */
export class NewRecordEditor {
  readonly #options: NewRecordEditorOptions;
  #record: NewRecord | undefined;
  #lookups: LookupFields | undefined;
  #state: NewRecordState = { kind: 'closed' };
  #isAsking = false;
  /** What Salesforce has refused, in a sentence. */
  refusal: string | undefined;
  readonly actions: NewRecordActions = {
    typeNew: (field, value) => this.#type(field, value),
    lookUp: (field, term) => this.#lookups?.lookUp(field, term),
    pick: (field, record) => this.#lookups?.pick(field, record),
    point: (field, active) => this.#lookups?.point(field, active),
    closeList: (field) => this.#lookups?.closeList(field),
    saveNew: (allowDuplicates) => void this.#save(allowDuplicates),
    closeForm: () => void this.#close(),
  };

  constructor(options: NewRecordEditorOptions) {
    this.#options = options;
  }

  /** Whether something was typed that is not in Salesforce. */
  get isDirty(): boolean {
    if (this.#state.kind !== 'open') return false;
    const { values, suggested, lookups } = this.#state;
    const isTyped = (name: string): boolean => (values[name] || '') !== (suggested[name] ?? '');
    const names = new Set([...Object.keys(values), ...Object.keys(suggested)]);
    return [...names].some(isTyped) || Object.values(lookups).some(isUnpicked);
  }

  /** What is to be kept while the person is away; undefined when they have typed nothing. */
  get kept(): KeptNewRecord | undefined {
    if (this.#state.kind !== 'open' || !this.#record || !this.isDirty) return undefined;
    return { type: this.#record.type, form: { ...this.#state, isSaving: false } };
  }

  /** Loads the form. @param kept goes on with this instead */
  async open(record: NewRecord, kept?: OpenNewRecord): Promise<void> {
    const { api, type, suggested, signal } = record;
    this.#record = record;
    this.refusal = undefined;
    this.#lookups = new LookupFields({
      ...{ api, signal, announce: this.#options.announce },
      source: { type, id: undefined, valueOf: (name) => this.#valueOf(name) },
      stateOf: (name) => this.#open?.lookups[name],
      change: (name, lookup, focus) => this.#update({ lookups: { ...this.#open?.lookups, [name]: lookup } }, focus),
      onValue: (name, id) => this.#hold(name, id),
    });
    signal.addEventListener('abort', () => {
      if (this.#record === record) this.end();
    });
    if (kept) {
      this.#set(kept, '#form-title');
      return this.#options.announce('What you had typed is still here.');
    }
    this.#set({ kind: 'loading' });
    try {
      const form = await loadNewRecordForm(api, type, suggested, signal);
      if (!signal.aborted) this.#set(openNewRecord(form, suggested));
    } catch (error) {
      if (signal.aborted) return;
      const { message } = failureNoticeOf(error);
      this.#set({ kind: 'unavailable', message: `The form could not be loaded. ${message}` });
    }
  }

  /** Ends it without a question, and draws nothing. */
  end(): void {
    this.#record = this.#lookups = undefined;
    this.#state = { kind: 'closed' };
  }

  /** Whether the person lets go of what they have typed. Asks when there is something to lose. */
  async mayLeave(): Promise<boolean> {
    if (!this.isDirty) return true;
    if (this.#isAsking) return false;
    this.#isAsking = true;
    return this.#options.ask(discardTyped).finally(() => (this.#isAsking = false));
  }

  async #close(): Promise<void> {
    const record = this.#record;
    if (!(await this.mayLeave()) || this.#record !== record) return;
    this.end();
    this.#options.onChange(this.#state, '#new-record');
    this.#options.onUnsavedWork();
  }

  #type(field: FormField, value: string | boolean): void {
    this.#hold(field.name, value);
    if (this.#open && fieldsOf(this.#open.form).some(({ controller }) => controller === field.name)) this.#update({});
    this.#options.onUnsavedWork();
  }

  /** Takes what an input holds now. Nothing is drawn. */
  #hold(name: string, value: string | boolean): void {
    const open = this.#open;
    if (!open) return;
    this.#state = { ...open, values: withoutInvalidChoices(fieldsOf(open.form), { ...open.values, [name]: value }) };
  }

  #valueOf(name: string): unknown {
    const field = this.#open && fieldsOf(this.#open.form).find((one) => one.name === name);
    return field && apiValueOf(field, this.#open?.values[name] ?? '');
  }

  async #save(allowDuplicates: boolean): Promise<void> {
    const [open, record] = [this.#open, this.#record];
    if (!open || !record || open.isSaving) return;
    const { form, values, lookups } = open;
    const { api, signal } = record;
    const faults = faultsOf(fieldsOf(form), values, lookups);
    if (Object.keys(faults).length > 0) return this.#refuse({ ...noErrors, fields: faults });
    this.#update({ isSaving: true, errors: noErrors, duplicates: [] });
    try {
      const id = await createRecord(api, form, values, allowDuplicates);
      if (signal.aborted) return;
      this.end();
      await this.#options.onCreated({ type: form.type, id });
      // Where that could not be passed on, it is not made once more.
      this.#options.onChange(this.#state);
    } catch (error) {
      if (signal.aborted) return;
      const names = fieldsOf(form).map(({ name }) => name);
      const errors = saveErrorsOf(error, names);
      if (errors) this.refusal = [...errors.general, ...Object.values(errors.fields)].join(' ');
      this.#refuse(errors ?? { ...noErrors, general: [failureNoticeOf(error).message] });
    }
  }

  #refuse(errors: SaveErrors): void {
    const hasFault = Object.keys(errors.fields).length > 0;
    this.#update({ errors, isSaving: false }, hasFault ? '[aria-invalid="true"]' : '#form-problems');
    const record = this.#record;
    if (record && errors.duplicates.length > 0)
      void duplicateNames(record.api, errors.duplicates, record.signal).then((duplicates) => {
        if (this.#record === record) this.#update({ duplicates });
      });
  }

  get #open(): OpenNewRecord | undefined {
    return this.#state.kind === 'open' ? this.#state : undefined;
  }

  #update(change: Partial<OpenNewRecord>, focus?: string): void {
    if (this.#state.kind === 'open') this.#set({ ...this.#state, ...change }, focus);
  }

  #set(state: NewRecordState, focus?: string): void {
    this.#state = state;
    this.#options.onChange(state, focus);
  }
}

const fieldsOf = ({ fields, moreFields }: NewRecordForm): FormField[] => [...fields, ...moreFields];

/** A form in which nothing is typed yet. */
function openNewRecord(form: NewRecordForm, given: Readonly<Record<string, string>>): OpenNewRecord {
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  const suggested = Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
  const lookups = Object.entries(form.lookupNames).map(([field, name]): [string, LookupState] => [
    field,
    { kind: 'chosen', id: suggested[field] ?? '', name },
  ]);
  const values: FormValues = { ...suggested };
  const begin = { errors: noErrors, duplicates: [], isSaving: false };
  return { kind: 'open', form, suggested, values, lookups: Object.fromEntries(lookups), ...begin };
}
