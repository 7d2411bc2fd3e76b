import type { OpensOn } from '../channel/protocol.ts';
import type { Question } from '../record-edit/askPerson.ts';
import { ActivityLog } from './activityLog.ts';
import { Editing } from './editing.ts';
import type { KeptEdit } from './editState.ts';
import type { WritingApi } from './recordApi.ts';
import type { RecordPage } from './recordPage.ts';
import { recordHash } from './recordHash.ts';
import type { RecordActions, RecordScreen } from './recordTemplate.ts';
import { ShownRecord, type Watch } from './shownRecord.ts';

interface RecordPaneOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  announce: (text: string) => void;
  /** Asks the person. */
  ask: (question: Question) => Promise<boolean>;
  draw: (screen: RecordScreen) => void;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
  /** The record cannot be shown any more. */
  onFailure: (error: unknown) => void;
}

interface OpenRecord {
  api: WritingApi;
  watch: Watch;
  id: string;
  /** Who is signed in, and in which org. */
  person: string;
  /** What of the record is shown first. */
  opensOn?: OpensOn | undefined;
  /** The person wants it as it is in the org now. */
  isAnew?: boolean;
  /** Whether the person is to be at the record when it comes up, wherever they are now. */
  takesFocus?: boolean;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
}

/** The record that is before the person: shown and kept up to date, or edited. */
export class RecordPane {
  readonly #options: RecordPaneOptions;
  readonly #editing: Editing;
  readonly #log: ActivityLog;
  #open: (OpenRecord & { shown: ShownRecord }) | undefined;
  /** What is drawn. */
  #screen: RecordScreen | undefined;
  #showsEmpty = false;
  readonly actions: Omit<RecordActions, 'refresh' | 'chooseAgain'>;

  constructor(options: RecordPaneOptions) {
    this.#options = options;
    this.#editing = new Editing({
      ask: options.ask,
      announce: options.announce,
      onChange: (focus) => this.#drawEdit(focus),
      onSaved: (done) => void this.#saved(done),
    });
    const { root, ask, announce, onUnsavedWork } = options;
    this.#log = new ActivityLog({
      ...{ root, ask, announce, onUnsavedWork },
      onChange: (focus) => {
        if (this.#screen) this.#draw({ ...this.#screen, log: this.#log.state });
        if (focus) this.#focus(focus);
      },
    });
    this.actions = {
      ...this.#editing.actions,
      beginLog: (draft, isAsked) => this.#screen && void this.#log.begin(this.#screen.page, draft, isAsked),
      log: this.#log.actions,
      edit: () => this.#edit(),
      toggleEmpty: () => {
        this.#showsEmpty = !this.#showsEmpty;
        if (this.#screen) this.#draw({ ...this.#screen, showsEmpty: this.#showsEmpty });
      },
    };
  }

  get isEditing(): boolean {
    return this.#editing.state !== undefined;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#editing.hasUnsavedWork || this.#log.hasUnsavedWork;
  }

  /** Shows a record, and goes on with what its person had typed into it before they were signed out. */
  async open(open: OpenRecord): Promise<void> {
    const { api, signal } = open;
    const { announce, onFailure } = this.#options;
    const shown = new ShownRecord({
      ...open,
      onChange: (screen) => this.#changed(screen),
      onFailure: (error) => {
        if (!this.#editing.recordFailed(error)) onFailure(error);
      },
    });
    this.#open = { ...open, shown };
    this.#log.open(open);
    this.#screen = undefined;
    signal.addEventListener('abort', () => {
      if (this.#open?.shown === shown) this.#open = this.#screen = undefined;
    });
    try {
      const page = await shown.open();
      if (signal.aborted) return;
      if (open.takesFocus !== false) this.#focus(firstPlaceIn(page, open.opensOn));
      announce(`${page.objectLabel} ${page.name}`);
      this.#editing.resume({ api, page, signal });
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  }

  /**
   * Whether the person lets go of what they have typed; asks them where there is something. While they are asked, the
   * address is that of the record that they see.
   *
   * @param wanted The address's fragment when they do.
   */
  async mayLeave(wanted: string): Promise<boolean> {
    const page = this.#screen?.page;
    if (!page || !(this.isEditing || this.#log.isTyped)) return true;
    history.replaceState(null, '', recordHash(page.type, page.id));
    if (!(await this.#editing.mayLeave()) || !(await this.#log.mayLeave())) return false;
    history.replaceState(null, '', wanted === '' ? `${location.pathname}${location.search}` : wanted);
    return true;
  }

  /** The session is over. @param person whose work is kept until they are back; undefined drops it */
  leave(person: string | undefined): void {
    this.#editing.leave(person);
    this.#log.leave(person);
    this.#showsEmpty = false;
  }

  /** Somebody is there. @returns what they had typed before; what anybody else had is forgotten */
  keptFor(person: string): KeptEdit | undefined {
    this.#log.forgetOthers(person);
    return this.#editing.keptFor(person);
  }

  #changed(screen: Omit<RecordScreen, 'showsEmpty' | 'log'>): void {
    this.#editing.recordRead(screen.page);
    const before = this.#screen;
    const edit = this.#editing.state;
    // What is typed in belongs to the record as it was; nothing above it moves.
    const page = edit && before ? before.page : screen.page;
    const log = this.#log.state;
    this.#draw({ ...screen, page, edit, log, done: before?.done, showsEmpty: this.#showsEmpty });
  }

  #draw(screen: RecordScreen): void {
    this.#screen = screen;
    this.#options.draw(screen);
  }

  #edit(): void {
    if (!this.#open || !this.#screen) return;
    this.#screen = { ...this.#screen, done: undefined };
    this.#editing.begin({ ...this.#open, page: this.#screen.page });
  }

  #drawEdit(focus?: string): void {
    if (!this.#screen) return;
    const edit = this.#editing.state;
    this.#draw({ ...this.#screen, edit });
    // What has changed meanwhile was not drawn.
    if (edit === undefined) this.#open?.shown.draw();
    if (focus) this.#focus(focus);
  }

  async #saved(done: string): Promise<void> {
    const open = this.#open;
    await open?.shown.reload();
    if (!this.#screen || open?.signal.aborted) return;
    this.#draw({ ...this.#screen, edit: undefined, done });
    this.#focus('#heading');
    this.#options.announce(done);
  }

  #focus(selector: string): void {
    this.#options.root.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** Where the person is to be when a record comes up: at the first way to call or write, unless that is not wanted. */
function firstPlaceIn({ ways }: RecordPage, opensOn: OpensOn | undefined): string {
  const isWanted =
    (opensOn?.kind === 'call' && !ways.doNotCall && ways.phones.length > 0) ||
    (opensOn?.kind === 'email' && !ways.doNotEmail && ways.emails.length > 0);
  return isWanted ? '.ways a' : '#heading';
}
