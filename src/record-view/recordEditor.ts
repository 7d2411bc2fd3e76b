import { systemClock, type EditClock } from '../record-edit/editClock.ts';
import { undecided, withChoice, type Side } from '../record-edit/merge.ts';
import { isSameVersion, readRecordState, type RecordState } from '../record-edit/recordState.ts';
import { goneReasonOf, type GoneReason } from '../record-edit/refusals.ts';
import { saveEdit, type SaveOutcome } from '../record-edit/saveEdit.ts';
import { failureNoticeOf } from './failureNotice.ts';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import { changesOf, loadEditForm, withoutInvalidChoices, type EditForm } from './editForm.ts';
import {
  afterMerge,
  faultsOf,
  newsOf,
  noErrors,
  openEdit,
  withMerge,
  type EditState,
  type KeptEdit,
  type OpenEdit,
} from './editState.ts';
import { duplicateNames } from './duplicateNames.ts';
import { apiValueOf, type FormField } from './formFields.ts';
import { LookupFields } from './lookupFields.ts';
import { isUnpicked } from './lookupState.ts';
import type { RecordApi } from './recordApi.ts';

interface EditorOptions {
  api: RecordApi;
  record: { type: string; id: string };
  /** Aborts when the record is not shown any more. */
  signal: AbortSignal;
  /** The form is to be drawn. `focus`: where the person is to be then, as a selector. */
  onChange: (state: EditState, focus?: string) => void;
  announce: (text: string) => void;
  /** The edit is over, and was saved. */
  onSaved: (outcome: Extract<SaveOutcome, { kind: 'saved' }>, form: EditForm) => void;
  clock?: EditClock;
}

/** Edits one record. */
export class RecordEditor {
  readonly #options: EditorOptions;
  #state: EditState = { kind: 'loading' };
  #theirs: RecordState | undefined;
  #isLooking = false;
  readonly lookups: LookupFields;

  constructor(options: EditorOptions) {
    this.#options = options;
    const { api, record, signal, announce } = options;
    this.lookups = new LookupFields({
      ...{ api, signal, announce },
      source: { ...record, valueOf: (name) => this.#valueOf(name) },
      stateOf: (name) => this.#open?.lookups[name],
      change: (name, lookup, focus) => this.#update({ lookups: { ...this.#open?.lookups, [name]: lookup } }, focus),
      onValue: (name, id) => this.#hold(name, id),
    });
  }

  get state(): EditState {
    return this.#state;
  }

  /** Whether something was typed that is not in Salesforce. */
  get isDirty(): boolean {
    if (this.#state.kind !== 'open') return false;
    const { form, values, lookups } = this.#state;
    return Object.keys(changesOf(form, values)).length > 0 || Object.values(lookups).some(isUnpicked);
  }

  /** What is to be kept while the person is away; undefined when they have typed nothing. */
  get kept(): KeptEdit | undefined {
    if (this.#state.kind !== 'open' || !this.isDirty) return undefined;
    const { type, id } = this.#options.record;
    return { type, id, edit: { ...this.#state, isSaving: false } };
  }

  /** Loads the form. @param kept goes on with this edit instead */
  async open(kept?: KeptEdit): Promise<void> {
    const { api, record, signal, announce } = this.#options;
    if (kept) {
      this.#set(kept.edit, kept.edit.merge ? '#merge-title' : '#edit-title');
      announce('What you had typed is still here.');
      return this.lookAgain();
    }
    this.#set({ kind: 'loading' });
    try {
      const form = await loadEditForm(api, record, signal);
      if (signal.aborted) return;
      if (form.fields.length === 0)
        return this.#set({ kind: 'unavailable', message: 'There is no field here that you may change.' });
      this.#theirs = form.base;
      this.#set(openEdit(form), `#field-${form.fields[0]!.name}`);
    } catch (error) {
      if (signal.aborted) return;
      const { message } = failureNoticeOf(error);
      this.#set({ kind: 'unavailable', message: `The form could not be loaded. ${message}` });
    }
  }

  /** Takes what an input holds now. Nothing is drawn, unless other fields hang on it. */
  type(field: FormField, value: string | boolean): void {
    this.#hold(field.name, value);
    if (this.#open?.form.fields.some(({ controller }) => controller === field.name)) this.#set(this.#state);
  }

  /**
   * The record was changed, here or elsewhere: the fields concerned say so. Nothing of what is typed is touched. An
   * answer that cannot be had is asked for again before anything is saved.
   */
  async lookAgain(): Promise<void> {
    const { api, record, signal, clock = systemClock } = this.#options;
    if (this.#state.kind !== 'open' || this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { fields } = this.#state.form;
      const theirs = await readRecordState(api, { ...record, fields }, { signal, clock });
      if (this.#state.kind !== 'open' || signal.aborted) return;
      if (this.#theirs && isSameVersion(this.#theirs, theirs)) return;
      this.#theirs = theirs;
      this.#update({ elsewhere: newsOf(this.#state.form, theirs) });
      const changed = fields.filter(({ name }) => this.#open?.elsewhere[name]).map(({ label }) => label);
      if (changed.length > 0) this.#options.announce(`Changed elsewhere: ${changed.join(', ')}`);
    } catch (error) {
      const gone = goneReasonOf(error);
      if (gone && !signal.aborted) this.gone(gone);
    } finally {
      this.#isLooking = false;
    }
  }

  /** The record is not there any more. What was typed stays, to copy. */
  gone(reason: GoneReason): void {
    this.#update({ gone: reason, merge: undefined, isSaving: false }, '#edit-title');
  }

  chooseSide(field: string, side: Side): void {
    if (this.#open?.merge) this.#update({ merge: withChoice(this.#open.merge, field, side) });
  }

  backToForm(): void {
    this.#update({ merge: undefined, missing: [] }, '#edit-title');
  }

  /** Saves what was chosen, once all is. */
  async saveMerge(): Promise<void> {
    const open = this.#open;
    if (!open?.merge) return;
    const missing = undecided(open.merge);
    if (missing.length > 0) return this.#update({ missing }, '.merge-row[aria-invalid="true"] input');
    this.#set(afterMerge(open, open.merge));
    await this.save();
  }

  /** Saves what was typed. @param allowDuplicates also what a duplicate rule warns of */
  async save(allowDuplicates = false): Promise<void> {
    const open = this.#open;
    if (!open || open.isSaving || open.gone) return;
    const { api, signal, clock = systemClock, onSaved } = this.#options;
    const { form, values, lookups } = open;
    const faults = faultsOf(form.fields, values, lookups);
    if (Object.keys(faults).length > 0) return this.#refuse({ ...noErrors, fields: faults });
    this.#update({ isSaving: true, errors: noErrors, duplicates: [] });
    const mine = changesOf(form, values);
    try {
      const request = { base: form.base, mine, fields: form.fields, allowDuplicates, signal, clock };
      const outcome = await saveEdit(api, request);
      if (signal.aborted || !this.#open) return;
      await this.#settle(outcome, onSaved);
    } catch (error) {
      if (!signal.aborted) this.#refuse({ ...noErrors, general: [failureNoticeOf(error).message] });
    }
  }

  async #settle(outcome: SaveOutcome, onSaved: EditorOptions['onSaved']): Promise<void> {
    const open = this.#open!;
    switch (outcome.kind) {
      case 'saved':
        return onSaved(outcome, open.form);
      case 'gone':
        return this.gone(outcome.reason);
      case 'refused':
        return this.#refuse(outcome.errors);
      case 'collision': {
        const { theirs } = outcome;
        this.#theirs = theirs;
        this.#set(withMerge(open, theirs), '#merge-title');
      }
    }
  }

  #refuse(errors: SaveErrors): void {
    const { api, signal } = this.#options;
    const hasFault = Object.keys(errors.fields).length > 0;
    this.#update({ errors, isSaving: false }, hasFault ? '[aria-invalid="true"]' : '.edit [role="alert"][tabindex]');
    if (errors.duplicates.length > 0)
      void duplicateNames(api, errors.duplicates, signal).then((duplicates) => {
        if (!signal.aborted) this.#update({ duplicates });
      });
  }

  #hold(name: string, value: string | boolean): void {
    if (this.#state.kind !== 'open') return;
    const { form, values } = this.#state;
    this.#state = { ...this.#state, values: withoutInvalidChoices(form.fields, { ...values, [name]: value }) };
  }

  /** What is in a field of the record now, as the User Interface API takes it. */
  #valueOf(name: string): unknown {
    const open = this.#open;
    const field = open?.form.fields.find((one) => one.name === name);
    return field ? apiValueOf(field, open?.values[name] ?? '') : open?.form.base.fields[name]?.value;
  }

  get #open(): OpenEdit | undefined {
    return this.#state.kind === 'open' ? this.#state : undefined;
  }

  #update(change: Partial<OpenEdit>, focus?: string): void {
    if (this.#state.kind === 'open') this.#set({ ...this.#state, ...change }, focus);
  }

  #set(state: EditState, focus?: string): void {
    this.#state = state;
    this.#options.onChange(state, focus);
  }
}
