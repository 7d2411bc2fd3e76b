import { render } from 'lit';
import type { ProfileToWrite, RecordsToChooseFrom, RecordViewState } from '../channel/protocol.ts';
import type { Question } from '../record-edit/askPerson.ts';
import { chosenBeforeFor } from './chosenBefore.ts';
import { ActivityPane } from './activityPane.ts';
import { failureNoticeOf, leftNotices } from './failureNotice.ts';
import { FindPane } from './findPane.ts';
import { ProfilePane } from './profilePane.ts';
import type { WritingApi } from './recordApi.ts';
import { recordHash, recordIdInHash } from './recordHash.ts';
import { RecordPane } from './recordPane.ts';
import type { RecordPage } from './recordPage.ts';
import type { Watch } from './shownRecord.ts';
import type { ChoiceOutcome } from './viewChannel.ts';
import type { LookupActions } from './lookupTemplate.ts';
import { screenTemplate, type Screen, type ScreenActions } from './screenTemplate.ts';

export interface RecordViewOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  /** Live region for screen readers. */
  announce: (text: string) => void;
  /**
   * Connects to Salesforce and asks the provider what to show; run again by "Try again". `person` is who is signed in,
   * and in which org.
   */
  open: () => Promise<{ api: WritingApi; watch: Watch; state: RecordViewState; person: string }>;
  /** Asks the person; the signal takes the question back. */
  ask: (question: Question, signal: AbortSignal) => Promise<boolean>;
  /** Told at each change whether something would be lost with this page. */
  onUnsavedWork: (unsaved: boolean) => void;
  /** Told which record is shown now; undefined while it is something else. */
  reportShown: (page: RecordPage | undefined) => void;
  /** Tells the provider of a choice. */
  reportChoice: (type: string, id: string, outcome?: ChoiceOutcome) => Promise<void>;
  /** Tells the provider that the record which was chosen before is not meant. */
  forgetChoice: () => Promise<void>;
  /** Tells the provider that nothing is written. @param refusal what Salesforce has refused before, in a sentence */
  cancelWriting: (refusal: string | undefined) => Promise<void>;
}

/** The page's state, and the actions of the person. Every change draws the page again. */
export class RecordViewApp {
  readonly #options: RecordViewOptions;
  #screen: Screen = { kind: 'loading', what: 'Connecting to Salesforce' };
  #api: WritingApi | undefined;
  #watch: Watch | undefined;
  #state: RecordViewState | undefined;
  #shownId: string | undefined;
  /** Id of the record that was shown last because another app had shared it. */
  #followed: string | undefined;
  /** Aborts the loading of the last screen. */
  #loading = new AbortController();
  /** Aborts when the person at this page has left: what they asked for is not shown any more. */
  #visit = new AbortController();
  #isWaitingForSignIn = false;
  /** Who is signed in, and in which org. */
  #person: string | undefined;
  readonly #pane: RecordPane;
  readonly #find: FindPane;
  readonly #activity: ActivityPane;
  readonly #profile: ProfilePane;
  /** What there was to choose from, before one was compared. */
  #others: RecordsToChooseFrom | undefined;
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
      onUnsavedWork: () => options.onUnsavedWork(this.hasUnsavedWork),
      onFailure: (error) => {
        this.#loading.abort();
        this.#show({ kind: 'failed', notice: failureNoticeOf(error), retry: () => void this.#open() });
      },
    });
    this.#find = new FindPane({
      root: options.root,
      announce: options.announce,
      draw: (find) => this.#show({ kind: 'find', find }),
      choose: (record, how) => this.#found(record, how),
      ask: (question) => options.ask(question, this.#visit.signal),
      cancel: options.cancelWriting,
      onUnsavedWork: () => options.onUnsavedWork(this.hasUnsavedWork),
    });
    this.#profile = new ProfilePane({
      root: options.root,
      announce: options.announce,
      draw: (profile) => this.#show({ kind: 'profile', profile }),
      report: (type, id, outcome) => options.reportChoice(type, id, outcome),
      openRecord: () => void this.#openProfile(),
      cancel: options.cancelWriting,
      onUnsavedWork: () => options.onUnsavedWork(this.hasUnsavedWork),
    });
    this.#activity = new ActivityPane({
      root: options.root,
      announce: options.announce,
      ask: (question) => options.ask(question, this.#visit.signal),
      draw: (activity) => this.#show({ kind: 'activity', activity }),
      choose: (type, id) => this.#choose(type, id),
      cancel: options.cancelWriting,
      onUnsavedWork: () => options.onUnsavedWork(this.hasUnsavedWork),
    });
    const pane = this.#pane.actions;
    const find = this.#find.actions;
    this.#actions = {
      ...find,
      ...pane,
      activity: this.#activity.actions,
      profile: this.#profile.actions,
      typeInto: (field, value) => {
        pane.typeInto(field, value);
        options.onUnsavedWork(this.hasUnsavedWork);
      },
      refresh: () => void this.#refresh(),
      chooseAgain: () => void this.#chooseAgain(),
      lookUp: (field, term) => this.#form.lookUp(field, term),
      pick: (field, record) => this.#form.pick(field, record),
      point: (field, active) => this.#form.point(field, active),
      closeList: (field) => this.#form.closeList(field),
    };
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return [this.#pane, this.#find, this.#activity, this.#profile].some((pane) => pane.hasUnsavedWork);
  }

  /** The form that is before the person. */
  get #form(): LookupActions {
    return this.#pane.isEditing ? this.#pane.actions : this.#find.actions;
  }

  /** Whether another record may take the place of what is shown, though the person has not asked for it here. */
  get mayBeReplaced(): 'yes' | 'unsaved' | 'no' {
    if (this.#screen.kind !== 'record') return 'no';
    return this.hasUnsavedWork || this.#pane.isEditing ? 'unsaved' : 'yes';
  }

  /** Shows a record that another app has shared. Whoever is at another page stays there. */
  follow({ type, id }: { type: string; id: string }): void {
    this.#followed = id;
    location.hash = recordHash(type, id);
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
    const whose = how === 'signInRequired' ? this.#person : undefined;
    this.#pane.leave(whose);
    this.#find.leave(whose);
    this.#activity.leave(whose);
    this.#profile.leave(whose);
    for (const work of [this.#visit, this.#loading]) work.abort();
    this.#visit = new AbortController();
    this.#api = undefined;
    this.#watch = undefined;
    this.#state = this.#others = undefined;
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
      this.#find.forgetOthers(person);
      this.#activity.forgetOthers(person);
      if (kept) history.replaceState(null, '', recordHash(kept.type, kept.id));
      this.#api = api;
      this.#watch = watch;
      this.#state = state;
      const compared = this.#profile.keptFor(person);
      if (compared && (state.kind === 'choose' || state.kind === 'none')) {
        this.#others = state;
        this.#state = compared;
      }
      await this.#showCurrent();
    } catch (error) {
      if (!signal.aborted)
        this.#show({ kind: 'failed', notice: failureNoticeOf(error), retry: () => void this.#open() });
    }
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    const page = screen.kind === 'record' ? screen.page : undefined;
    const isNews = page?.id !== this.#shownId;
    this.#shownId = page?.id;
    if (isNews) this.#options.reportShown(page);
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

  async #refresh(): Promise<void> {
    if (await this.#pane.mayLeave(location.hash)) await this.#showCurrent(true);
  }

  /** Another record is asked for, or the one before. What is typed here is not dropped without a question. */
  async #navigated(): Promise<void> {
    const wanted = location.hash;
    if (this.#screen.kind === 'find') history.replaceState(null, '', location.pathname + location.search);
    if (!(await this.#pane.mayLeave(wanted)) || !(await this.#find.mayLeave())) return;
    if (this.#screen.kind === 'find') history.replaceState(null, '', location.pathname + location.search + wanted);
    await this.#showCurrent();
  }

  /** @param isAnew whether the person wants it as it is in the org now */
  async #showCurrent(isAnew = false): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    if (this.#state === undefined) return;
    const linked = recordIdInHash(location.hash);
    if (linked !== undefined) await this.#showRecord(linked, isAnew);
    else if (this.#state.kind === 'record') await this.#showRecord(this.#state.id, isAnew);
    else await this.#showOther(this.#state);
  }

  async #showRecord(id: string, isAnew: boolean): Promise<void> {
    const [api, watch] = [this.#api, this.#watch];
    const { signal } = this.#loading;
    if (api === undefined || watch === undefined) return;
    if (this.#screen.kind !== 'record') this.#show({ kind: 'loading', what: 'Loading the record' });
    const opensOn = this.#state?.kind === 'record' && this.#state.id === id ? this.#state.opensOn : undefined;
    const takesFocus = id !== this.#followed || document.hasFocus();
    await this.#pane.open({ api, watch, id, person: this.#person!, opensOn, isAnew, takesFocus, signal });
  }

  /** What is to be chosen or written. */
  async #showOther(state: Exclude<RecordViewState, { kind: 'record' }>): Promise<void> {
    const [api, { signal }] = [this.#api, this.#loading];
    if (api === undefined) return;
    if (state.kind === 'activity') await this.#activity.open({ api, activity: state, person: this.#person!, signal });
    else if (state.kind === 'profile') {
      const others = this.#others;
      await this.#profile.open({
        api,
        profile: state,
        person: this.#person!,
        signal,
        back: others && (() => void this.#showAgain(others)),
      });
    } else this.#find.open({ api, state, signal, visit: this.#visit.signal });
  }

  async #showAgain(others: RecordsToChooseFrom): Promise<void> {
    this.#others = undefined;
    this.#state = others;
    await this.#showCurrent();
  }

  /** The person has picked or made a record. What is to be written to one that was there, they see first. */
  async #found({ type, id, name }: Omit<ProfileToWrite, 'kind' | 'values'>, how: 'picked' | 'created'): Promise<void> {
    const state = this.#state;
    const others = state?.kind === 'choose' || state?.kind === 'none' ? state : undefined;
    if (!others?.profile) return this.#choose(type, id);
    if (how === 'created') return this.#choose(type, id, 'created');
    this.#others = others;
    this.#state = { kind: 'profile', type, id, name, values: others.profile[type] ?? [] };
    await this.#showCurrent();
  }

  /** The record that something was written to, or not. */
  async #openProfile(): Promise<void> {
    if (this.#state?.kind !== 'profile') return;
    const { type, id } = this.#state;
    this.#others = undefined;
    this.#state = { kind: 'record', type, id };
    await this.#showCurrent();
  }

  /** The person has picked or made this record. @throws when the provider cannot be told */
  async #choose(type: string, id: string, outcome?: ChoiceOutcome): Promise<void> {
    const { signal } = this.#visit;
    await this.#options.reportChoice(type, id, outcome);
    if (signal.aborted) return;
    const opensOn = this.#state && 'opensOn' in this.#state ? this.#state.opensOn : undefined;
    this.#state = { kind: 'record', type, id, ...(opensOn && { opensOn }) };
    await this.#showCurrent();
  }
}
