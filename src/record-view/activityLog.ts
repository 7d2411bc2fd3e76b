import { discardTyped, type Question } from '../record-edit/askPerson.ts';
import { saveErrorsOf } from '../record-edit/saveErrors.ts';
import { failureNoticeOf } from './failureNotice.ts';
import { logActivity, type LoggedActivity } from './logActivity.ts';
import type { RecordApi } from './recordApi.ts';

export type LogField = 'subject' | 'date' | 'comments';

/** The form that logs a call or an e-mail. */
export interface LogForm {
  activity: LoggedActivity;
  /** Why it could not be saved, in sentences; undefined as long as it was not tried. */
  problem?: string | undefined;
  isSaving: boolean;
}

export type LogState = { kind: 'closed'; done?: string } | ({ kind: 'open' } & LogForm);

interface ActivityLogOptions {
  ask: (question: Question) => Promise<boolean>;
  announce: (text: string) => void;
  /** It is to be drawn. `focus`: where the person is to be then, as a selector. */
  onChange: (focus?: string) => void;
}

interface LoggedFor {
  api: RecordApi;
  id: string;
  signal: AbortSignal;
}

/** Today where the person is, as Salesforce writes dates. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const columns: Readonly<Record<string, string>> = { Subject: 'Subject', ActivityDate: 'Date', Description: 'Comments' };

/** The log of a call or an e-mail that the person may write beside the record. Nothing is written before they save. */
export class ActivityLog {
  readonly #options: ActivityLogOptions;
  #for: LoggedFor | undefined;
  #state: LogState = { kind: 'closed' };
  #isTyped = false;
  /** What was typed when the org had ended the session: for the same person and record only. */
  #kept: { person: string; id: string; activity: LoggedActivity } | undefined;

  constructor(options: ActivityLogOptions) {
    this.#options = options;
  }

  get state(): LogState {
    return this.#state;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#isTyped || this.#kept !== undefined;
  }

  /** Whether something is typed in it. */
  get isTyped(): boolean {
    return this.#isTyped;
  }

  /** Another record is before the person, or the same anew: goes on with what was kept of it. */
  open(record: LoggedFor): void {
    const kept = this.#kept;
    this.#for = record;
    this.#isTyped = false;
    this.#state = { kind: 'closed' };
    if (kept?.id !== record.id) return;
    this.#kept = undefined;
    this.#isTyped = true;
    this.#state = { kind: 'open', activity: kept.activity, isSaving: false };
  }

  /** Shows the form, unless it is there. */
  begin({ kind, subject, comments }: Omit<LoggedActivity, 'date'>, focus?: string): void {
    if (this.#state.kind === 'open') return;
    this.#state = { kind: 'open', activity: { kind, subject, date: today(), comments }, isSaving: false };
    this.#options.onChange(focus);
  }

  type(field: LogField, value: string): void {
    if (this.#state.kind !== 'open') return;
    this.#isTyped = true;
    this.#state = { ...this.#state, activity: { ...this.#state.activity, [field]: value } };
    this.#options.onChange();
  }

  /** Writes it to Salesforce. */
  async save(): Promise<void> {
    const [state, record] = [this.#state, this.#for];
    if (state.kind !== 'open' || state.isSaving || !record) return;
    const { activity } = state;
    if (activity.subject.trim() === '' || activity.date === '')
      return this.#show({ ...state, problem: 'Give it a subject and a date.' }, '#log-subject');
    this.#show({ ...state, problem: undefined, isSaving: true });
    try {
      await logActivity(record.api, record.id, activity);
      if (record.signal.aborted) return;
      const done = activity.kind === 'call' ? 'The call is logged.' : 'The e-mail is logged.';
      this.#isTyped = false;
      this.#show({ kind: 'closed', done }, '#log-begin');
      this.#options.announce(done);
    } catch (error) {
      if (!record.signal.aborted && this.#state.kind === 'open')
        this.#show({ ...this.#state, problem: problemOf(error), isSaving: false }, '#log-subject');
    }
  }

  /** Closes the form, after a question where something is typed. */
  async cancel(): Promise<void> {
    if (await this.mayLeave()) this.#options.onChange('#log-begin');
  }

  /** Whether the person lets go of what they have typed, if they have. It is gone then. */
  async mayLeave(): Promise<boolean> {
    if (this.#isTyped && !(await this.#options.ask(discardTyped))) return false;
    this.#isTyped = false;
    this.#state = { kind: 'closed' };
    return true;
  }

  /** The session is over. @param person whose words are kept until they are back; undefined drops them */
  leave(person: string | undefined): void {
    if (person === undefined) this.#kept = undefined;
    else if (this.#isTyped && this.#state.kind === 'open' && this.#for)
      this.#kept = { person, id: this.#for.id, activity: this.#state.activity };
    this.#for = undefined;
    this.#isTyped = false;
    this.#state = { kind: 'closed' };
  }

  /** Somebody is there: what anybody else had typed is forgotten. */
  forgetOthers(person: string): void {
    if (this.#kept?.person !== person) this.#kept = undefined;
  }

  #show(state: LogState, focus?: string): void {
    this.#state = state;
    this.#options.onChange(focus);
  }
}

function problemOf(error: unknown): string {
  const errors = saveErrorsOf(error, Object.keys(columns));
  if (!errors) return failureNoticeOf(error).message;
  const ofFields = Object.entries(errors.fields).map(([field, text]) => `${columns[field]}: ${text}`);
  return [...errors.general, ...ofFields].join(' ');
}
