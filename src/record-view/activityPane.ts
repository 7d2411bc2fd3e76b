import type { ActivityToWrite } from '../channel/protocol.ts';
import { ApiRequestError } from '../client/errors.ts';
import { discardTyped, type Question } from '../record-edit/askPerson.ts';
import { saveErrorsOf, type SaveErrors } from '../record-edit/saveErrors.ts';
import { ActivityNotAllowedError, firstKindOf, firstValues, kindsFor, loadActivityForm } from './activityForm.ts';
import type { ActivityForm } from './activityForm.ts';
import { linksOf, withNamed } from './activityLinks.ts';
import type { ActivityActions, ActivityState } from './activityTemplate.ts';
import { faultsOf, noErrors } from './editState.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { apiValueOf, type FormField } from './formFields.ts';
import type { WritingApi } from './recordApi.ts';
import { canBeLinked, findWritten, writeActivity, type ActivityValues } from './writeActivity.ts';

interface ActivityPaneOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  /** Begins the ids of the form, which is beside a record then; without it, it is a screen of its own. */
  prefix?: string;
  announce: (text: string) => void;
  ask: (question: Question) => Promise<boolean>;
  draw: (activity: ActivityState) => void;
  /** Goes on with the record that was written. @throws when the provider cannot be told */
  choose: (type: string, id: string, interactionType: string) => Promise<void>;
  /** Nothing is written. @param refusal what Salesforce has refused before */
  cancel: (refusal: string | undefined) => Promise<void>;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
}

interface OpenActivity {
  api: WritingApi;
  activity: ActivityToWrite;
  /** The record that it is beside; undefined for a screen of its own. */
  beside?: string | undefined;
  /** Who is signed in, and in which org. */
  person: string;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
}

const writtenButNotTold = 'It is saved in Salesforce, but the desktop could not be told. Try again.';
const uncertain = 'It is not known whether it was saved: trying again finds out first.';

/** A task or event that a person is asked about before it is written. */
export class ActivityPane {
  readonly #options: ActivityPaneOptions;
  #open: OpenActivity | undefined;
  #state: ActivityState | undefined;
  /** Aborts the loading of the form of another kind. */
  #loading = new AbortController();
  #isDirty = false;
  #isAsking = false;
  /** When something was sent whose answer was lost. */
  #uncertainSince: Date | undefined;
  /** What was written, where the provider could not be told. */
  #written: { type: string; id: string } | undefined;
  #refusal: string | undefined;
  /** In memory only, for the person who has typed it. */
  #kept:
    { person: string; beside: string | undefined; state: ActivityState; uncertainSince: Date | undefined } | undefined;
  readonly actions: ActivityActions = {
    chooseKind: (kind) => void this.#chooseKind(kind),
    typeInto: (field, value) => this.#type(field, value),
    choosePerson: (at, id) => this.#choosePerson(at, id),
    chooseAccount: (what) => this.#change({ what }),
    save: () => void this.#save(),
    cancel: () => void this.#cancel(),
    reload: () => void this.#load(),
  };

  constructor(options: ActivityPaneOptions) {
    this.#options = options;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return (this.#isDirty && this.#state !== undefined) || this.#kept !== undefined;
  }

  /** Whether something is typed in it. */
  get isTyped(): boolean {
    return this.#isDirty && this.#state !== undefined;
  }

  /** What is kept for this person beside this record. */
  keptFor(person: string, beside: string | undefined): ActivityToWrite | undefined {
    const kept = this.#kept;
    return kept?.person === person && kept.beside === beside ? kept.state.activity : undefined;
  }

  /** Somebody is there: what anybody else had typed is forgotten. */
  forgetOthers(person: string): void {
    if (this.#kept?.person !== person) this.#kept = undefined;
  }

  async open(open: OpenActivity): Promise<void> {
    const { activity, person, beside, signal } = open;
    const { root, announce } = this.#options;
    this.#open = open;
    signal.addEventListener('abort', () => {
      if (this.#open === open) this.#open = this.#state = undefined;
    });
    if (beside === undefined) document.title = `Log: ${activity.subject}`;
    const kept = this.keptFor(person, beside) ? this.#kept : undefined;
    if (kept) this.#kept = undefined;
    this.#uncertainSince = kept?.uncertainSince;
    this.#isDirty = kept !== undefined;
    this.#set(
      kept?.state ?? {
        activity,
        kind: firstKindOf(activity),
        form: { kind: 'loading' },
        values: {},
        chosen: activity.people.map(({ isSure, found }) => (isSure ? (found[0]?.id ?? '') : '')),
        what: undefined,
        errors: noErrors,
        isSaving: false,
      },
    );
    if (beside === undefined) root.querySelector<HTMLElement>('#heading')?.focus();
    if (kept || beside === undefined) announce(kept ? 'What you had typed is still here.' : 'Log this in Salesforce?');
    if (!kept) await this.#load();
  }

  /** The session is over. @param person whose work is kept until they are back; undefined drops it */
  leave(person: string | undefined): void {
    const state = this.#state;
    if (person === undefined) this.#kept = undefined;
    else if (state && this.#isDirty)
      this.#kept = {
        ...{ person, beside: this.#open?.beside, uncertainSince: this.#uncertainSince },
        state: { ...state, isSaving: false },
      };
    this.#isDirty = false;
    this.#refusal = this.#written = this.#uncertainSince = undefined;
  }

  #set(state: ActivityState, focus?: string): void {
    this.#state = state;
    this.#options.draw(state);
    if (focus !== undefined) this.#options.root.querySelector<HTMLElement>(focus)?.focus();
  }

  #change(change: Partial<ActivityState>): void {
    if (!this.#state) return;
    this.#isDirty = true;
    this.#set({ ...this.#state, ...change });
  }

  #type({ name }: FormField, value: string | boolean): void {
    if (!this.#state) return;
    this.#isDirty = true;
    // Not drawn: the input has it already.
    this.#state = { ...this.#state, values: { ...this.#state.values, [name]: value } };
    this.#options.onUnsavedWork();
  }

  #choosePerson(at: number, id: string): void {
    const chosen = [...(this.#state?.chosen ?? [])];
    chosen[at] = id;
    this.#change({ chosen });
  }

  /** Another kind has another form. What is typed in fields that both have, stays. */
  async #chooseKind(kind: number): Promise<void> {
    const state = this.#state;
    if (!state || kind === state.kind) return;
    const { object } = kindsFor(state.activity)[kind]!;
    this.#change({ kind, errors: noErrors });
    if (state.form.kind !== 'open' || state.form.form.object !== object) await this.#load();
  }

  async #load(): Promise<void> {
    const [open, state] = [this.#open, this.#state];
    if (!open || !state) return;
    this.#loading.abort();
    this.#loading = new AbortController();
    const signal = AbortSignal.any([this.#loading.signal, open.signal]);
    const { object } = kindsFor(state.activity)[state.kind]!;
    const before = state.form.kind === 'open' ? firstValues(state.form.form, state.activity) : {};
    if (state.form.kind !== 'open') this.#set({ ...state, form: { kind: 'loading' } });
    try {
      const form = await loadActivityForm(open.api, object, signal);
      if (signal.aborted || !this.#state) return;
      const typed = Object.entries(this.#state.values).filter(([name, value]) => value !== before[name]);
      const values = { ...firstValues(form, state.activity), ...Object.fromEntries(typed) };
      this.#set({ ...this.#state, form: { kind: 'open', form }, values });
    } catch (error) {
      if (signal.aborted || !this.#state) return;
      const isRefused = error instanceof ActivityNotAllowedError;
      const message = isRefused ? error.message : `The form could not be loaded. ${failureNoticeOf(error).message}`;
      if (isRefused) this.#refusal = message;
      this.#set({ ...this.#state, form: { kind: 'unavailable', message } }, `#${this.#options.prefix ?? ''}problems`);
    }
  }

  async #save(): Promise<void> {
    const [open, state] = [this.#open, this.#state];
    if (!open || !state || state.isSaving || state.form.kind !== 'open') return;
    const { form } = state.form;
    // The form of the kind that was chosen is still on its way.
    if (form.object !== kindsFor(state.activity)[state.kind]!.object) return;
    const faults = faultsOf(form.fields, state.values, {});
    if (Object.keys(faults).length > 0) return this.#refuse({ ...noErrors, fields: faults });
    this.#refusal = undefined;
    this.#set({ ...state, isSaving: true, errors: noErrors });
    const activity = valuesOf(state, form);
    try {
      this.#written ??= { type: form.object, id: await this.#write(open, activity) };
    } catch (error) {
      if (!open.signal.aborted) this.#failed(error, form);
      return;
    }
    if (open.signal.aborted) return;
    this.#isDirty = false;
    const { type, id } = this.#written;
    const { interactionType } = kindsFor(state.activity)[state.kind]!;
    await this.#options.choose(type, id, interactionType).catch((error: unknown) => {
      const { message } = failureNoticeOf(error);
      if (!open.signal.aborted) this.#refuse({ ...noErrors, general: [`${writtenButNotTold} ${message}`] });
    });
  }

  /** Writes it, unless it was written before. */
  async #write({ api, signal }: OpenActivity, activity: ActivityValues): Promise<string> {
    const before = await findWritten(api, activity, this.#uncertainSince, signal);
    if (before !== undefined) return before;
    const sentAt = new Date();
    try {
      return await writeActivity(api, activity, signal);
    } catch (error) {
      const isAnswered = error instanceof ApiRequestError && error.status !== undefined && error.status < 500;
      if (!isAnswered) this.#uncertainSince ??= sentAt;
      throw error;
    }
  }

  #failed(error: unknown, form: ActivityForm): void {
    const shown = [...form.known.keys(), 'WhoId', 'WhatId'];
    const errors = saveErrorsOf(error, shown);
    if (!errors) {
      const { message } = failureNoticeOf(error);
      return this.#refuse({ ...noErrors, general: [message, ...(this.#uncertainSince ? [uncertain] : [])] });
    }
    this.#refusal = [...errors.general, ...Object.values(errors.fields)].join(' ');
    // A field that the org asks for, and that was not shown.
    const missing = Object.keys(errors.fields).flatMap((name) =>
      form.fields.some((field) => field.name === name) ? [] : (form.known.get(name) ?? []),
    );
    const known = { ...form, fields: [...form.fields, ...missing] };
    if (this.#state) this.#state = { ...this.#state, form: { kind: 'open', form: known } };
    this.#refuse(errors);
  }

  #refuse(errors: SaveErrors): void {
    if (!this.#state) return;
    const hasFault = Object.keys(errors.fields).length > 0;
    const focus = hasFault ? '.activity [aria-invalid="true"]' : `#${this.#options.prefix ?? ''}problems`;
    this.#set({ ...this.#state, errors, isSaving: false }, focus);
  }

  /** Whether the person lets go of what they have typed. Asks when there is something to lose; it is gone then. */
  async mayLeave(): Promise<boolean> {
    if (this.#isAsking || this.#state?.isSaving) return false;
    if (this.isTyped) {
      this.#isAsking = true;
      if (!(await this.#options.ask(discardTyped).finally(() => (this.#isAsking = false)))) return false;
    }
    this.#isDirty = false;
    this.#options.onUnsavedWork();
    return true;
  }

  /** Ends it without a question. */
  end(): void {
    this.#open = this.#state = undefined;
    this.#isDirty = false;
    this.#refusal = this.#written = this.#uncertainSince = undefined;
  }

  async #cancel(): Promise<void> {
    const open = this.#open;
    if (!open || !(await this.mayLeave()) || open.signal.aborted) return;
    await this.#options.cancel(this.#refusal).catch((error: unknown) => {
      if (!open.signal.aborted) this.#refuse({ ...noErrors, general: [failureNoticeOf(error).message] });
    });
  }
}

/** What would be written. */
export function valuesOf(
  { activity, kind, values, chosen, what }: ActivityState,
  { object, fields, known, described, canLinkSeveral }: ActivityForm,
): ActivityValues {
  const filled = fields.flatMap((field) => {
    const value = values[field.name];
    const given = value === undefined ? null : apiValueOf(field, value);
    return given === null ? [] : [[field.name, given] as const];
  });
  const canBe = canLinkSeveral && canBeLinked(Object.fromEntries(filled));
  const { whoId, whatId, alsoWith, named } = linksOf(activity.people, chosen, what, canBe);
  const comments = withNamed(String(values['Description'] ?? ''), named).trim();
  const { interactionType } = kindsFor(activity)[kind]!;
  const subtype = { Call: 'Call', Email: 'Email' }[interactionType] ?? object;
  const mayWrite = (name: string): boolean => described.fields.some((field) => field.name === name && field.createable);
  return {
    object,
    alsoWith,
    externalId: activity.externalId,
    values: {
      ...Object.fromEntries(filled),
      ...(known.has('Description') && comments !== '' && { Description: comments }),
      ...(whoId !== undefined && { WhoId: whoId }),
      ...(whatId !== undefined && { WhatId: whatId }),
      ...(object === 'Task' && mayWrite('TaskSubtype') && { TaskSubtype: subtype }),
    },
  };
}
