import type { EditActions } from './editTemplate.ts';
import type { EditState, KeptEdit } from './editState.ts';
import { discardTyped, type Question } from '../record-edit/askPerson.ts';
import { RecordEditor } from './recordEditor.ts';
import type { RecordApi } from './recordApi.ts';
import { RecordGoneError, type RecordPage } from './recordPage.ts';
import { goneReasonOf } from '../record-edit/refusals.ts';

interface EditingOptions {
  /** Asks the person at this page. */
  ask: (question: Question) => Promise<boolean>;
  announce: (text: string) => void;
  /** The form is to be drawn, or is over. `focus`: where the person is to be then, as a selector. */
  onChange: (focus?: string) => void;
  /** It was saved. `done`: what to say of it. */
  onSaved: (done: string) => void;
}

interface EditedRecord {
  api: RecordApi;
  page: RecordPage;
  /** Aborts when the record is not shown any more. */
  signal: AbortSignal;
}

/** The edit that is under way in this page, if one is, and what is kept of one while its person is away. */
export class Editing {
  readonly #options: EditingOptions;
  #editor: RecordEditor | undefined;
  /** When the record was changed last, as far as the edit knows. */
  #changedAt: number | undefined;
  #asking = false;
  /**
   * In memory only, and never in the page: whoever is at the page while its person is away does not see it. Dropped as
   * soon as anybody else signs in.
   */
  #kept: { person: string; edit: KeptEdit } | undefined;
  readonly actions: EditActions = {
    typeInto: (field, value) => this.#editor?.type(field, value),
    lookUp: (field, term) => this.#editor?.lookups.lookUp(field, term),
    pick: (field, record) => this.#editor?.lookups.pick(field, record),
    point: (field, active) => this.#editor?.lookups.point(field, active),
    closeList: (field) => this.#editor?.lookups.closeList(field),
    saveEdit: (allowDuplicates) => void this.#editor?.save(allowDuplicates),
    cancelEdit: () => void this.#cancel(),
    chooseSide: (field, side) => this.#editor?.chooseSide(field, side),
    saveMerge: () => void this.#editor?.saveMerge(),
    backToForm: () => this.#editor?.backToForm(),
  };

  constructor(options: EditingOptions) {
    this.#options = options;
  }

  /** What is to be drawn in the place of the record's fields; undefined when nobody edits. */
  get state(): EditState | undefined {
    return this.#editor?.state;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return this.#editor?.isDirty === true || this.#kept !== undefined;
  }

  /** Begins to edit, unless somebody does. @param kept goes on with this */
  begin({ api, page, signal }: EditedRecord, kept?: KeptEdit): void {
    if (this.#editor) return;
    this.#changedAt = page.changedAt;
    const { announce, onChange, onSaved } = this.#options;
    const editor = new RecordEditor({
      api,
      record: page,
      signal,
      announce,
      onChange: (_state, focus) => this.#editor === editor && onChange(focus),
      onSaved: ({ alsoChanged }, form) => {
        this.end();
        const labels = form.fields.filter(({ name }) => alsoChanged.includes(name)).map(({ label }) => label);
        const others =
          labels.length === 0 ? '' : ` What somebody else has changed meanwhile was kept: ${labels.join(', ')}.`;
        onSaved(`Saved.${others}`);
      },
    });
    this.#editor = editor;
    void editor.open(kept);
  }

  /** Ends the edit without a question. */
  end(): void {
    this.#editor = undefined;
  }

  /**
   * Whether the person lets go of what they have typed. Asks when there is something to lose; the edit is over then.
   */
  async mayLeave(): Promise<boolean> {
    if (this.#asking) return false;
    if (this.#editor?.isDirty) {
      this.#asking = true;
      const goesOn = await this.#options.ask(discardTyped).finally(() => (this.#asking = false));
      if (!goesOn) return false;
    }
    this.end();
    return true;
  }

  /** The record was read again. */
  recordRead({ changedAt }: RecordPage): void {
    if (!this.#editor || changedAt === this.#changedAt) return;
    this.#changedAt = changedAt;
    void this.#editor.lookAgain();
  }

  /**
   * The record could not be read again.
   *
   * @returns whether the form stays before the person, who would lose what they have typed.
   */
  recordFailed(error: unknown): boolean {
    if (!this.#editor) return false;
    const reason = error instanceof RecordGoneError ? 'deletedOrNoAccess' : goneReasonOf(error);
    if (reason) this.#editor.gone(reason);
    return true;
  }

  /** The session is over. @param person whose work is kept until they are back; undefined drops it */
  leave(person: string | undefined): void {
    const edit = this.#editor?.kept;
    if (person === undefined) this.#kept = undefined;
    else if (edit) this.#kept = { person, edit };
    this.end();
  }

  /** Somebody is there. @returns what they had typed before; what anybody else had is forgotten */
  keptFor(person: string): KeptEdit | undefined {
    if (this.#kept?.person !== person) this.#kept = undefined;
    return this.#kept?.edit;
  }

  /** Goes on with what was kept, if it is of this record. */
  resume(record: EditedRecord): void {
    const edit = this.#kept?.edit;
    if (edit?.id !== record.page.id) return;
    this.#kept = undefined;
    this.begin(record, edit);
  }

  async #cancel(): Promise<void> {
    if (await this.mayLeave()) this.#options.onChange('#edit');
  }
}
