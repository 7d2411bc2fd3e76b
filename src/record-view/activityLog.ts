import type { ActivityToWrite } from '../channel/protocol.ts';
import type { Question } from '../record-edit/askPerson.ts';
import { ActivityPane } from './activityPane.ts';
import type { ActivityActions, ActivityState } from './activityTemplate.ts';
import type { WritingApi } from './recordApi.ts';

/** What is done with whom a record is about, as it may be logged. */
export type LogDraft = Pick<ActivityToWrite, 'interactionType' | 'subject' | 'comments'>;

export type LogState = { kind: 'closed'; done?: string } | { kind: 'open'; activity: ActivityState };

interface ActivityLogOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  ask: (question: Question) => Promise<boolean>;
  announce: (text: string) => void;
  /** It is to be drawn. `focus`: where the person is to be then, as a selector. */
  onChange: (focus?: string) => void;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
}

interface LoggedFor {
  api: WritingApi;
  id: string;
  /** Who is signed in, and in which org. */
  person: string;
  signal: AbortSignal;
}

const nouns: Readonly<Record<string, string>> = { Call: 'call', Email: 'e-mail', Meeting: 'meeting' };

/** The log of a call or an e-mail that the person may write beside the record. Nothing is written before they save. */
export class ActivityLog {
  readonly #options: ActivityLogOptions;
  readonly #pane: ActivityPane;
  #for: LoggedFor | undefined;
  #state: LogState = { kind: 'closed' };

  constructor(options: ActivityLogOptions) {
    this.#options = options;
    const { root, ask, announce, onUnsavedWork } = options;
    this.#pane = new ActivityPane({
      ...{ root, ask, announce, onUnsavedWork, prefix: 'log-' },
      draw: (activity) => this.#show({ kind: 'open', activity }),
      choose: async (_type, _id, interactionType) => {
        const done = `The ${nouns[interactionType] ?? 'activity'} is logged.`;
        this.#close(done);
        announce(done);
      },
      cancel: async () => this.#close(),
    });
  }

  get actions(): ActivityActions {
    return this.#pane.actions;
  }

  get state(): LogState {
    return this.#state;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#pane.hasUnsavedWork;
  }

  /** Whether something is typed in it. */
  get isTyped(): boolean {
    return this.#pane.isTyped;
  }

  /** Another record is before the person, or the same anew: goes on with what was kept of it. */
  open(record: LoggedFor): void {
    this.#for = record;
    this.#pane.end();
    this.#state = { kind: 'closed' };
    const kept = this.#pane.keptFor(record.person, record.id);
    if (kept) void this.#pane.open({ ...record, activity: kept, beside: record.id });
  }

  /** Shows the form, unless it is there. `isAsked`: the person goes on in it. */
  async begin(
    { type, id, name }: { type: string; id: string; name: string },
    draft: LogDraft,
    isAsked: boolean,
  ): Promise<void> {
    const record = this.#for;
    if (this.#state.kind === 'open' || !record || record.id !== id) return;
    const people = [{ name, isSure: true, found: [{ type, id, name, details: [] }] }];
    await this.#pane.open({ ...record, activity: { kind: 'activity', ...draft, people }, beside: id });
    if (isAsked && this.#for === record && this.state.kind === 'open') this.#options.onChange('#log-field-Subject');
  }

  /** Whether the person lets go of what they have typed, if they have. It is gone then. */
  async mayLeave(): Promise<boolean> {
    if (!(await this.#pane.mayLeave())) return false;
    this.#pane.end();
    this.#state = { kind: 'closed' };
    return true;
  }

  /** The session is over. @param person whose words are kept until they are back; undefined drops them */
  leave(person: string | undefined): void {
    this.#pane.leave(person);
    this.#pane.end();
    this.#for = undefined;
    this.#state = { kind: 'closed' };
  }

  /** Somebody is there: what anybody else had typed is forgotten. */
  forgetOthers(person: string): void {
    this.#pane.forgetOthers(person);
  }

  #close(done?: string): void {
    this.#pane.end();
    this.#show({ kind: 'closed', ...(done !== undefined && { done }) }, '#log-begin');
  }

  #show(state: LogState, focus?: string): void {
    this.#state = state;
    this.#options.onChange(focus);
  }
}
