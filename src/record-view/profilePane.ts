import type { ProfileToWrite } from '../channel/protocol.ts';
import { changedBy, readRecordState, textOf, type RecordState } from '../record-edit/recordState.ts';
import { saveEdit, type SaveOutcome } from '../record-edit/saveEdit.ts';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import { duplicateNames } from './duplicateNames.ts';
import { noErrors } from './editState.ts';
import { failureNoticeOf } from './failureNotice.ts';
import type { FormField } from './formFields.ts';
import { loadProfileFields } from './profileFields.ts';
import { changesOf, firstTicks, profileRows, ticksAfter, type ProfileRow } from './profileRows.ts';
import type { ProfileActions, ProfileState } from './profileTemplate.ts';
import type { RecordApi } from './recordApi.ts';

interface ProfilePaneOptions {
  /** Element the page is drawn into. */
  root: HTMLElement;
  announce: (text: string) => void;
  draw: (profile: ProfileState) => void;
  /** The record is as the person wants it. @throws when the provider cannot be told */
  report: (type: string, id: string, outcome: 'updated' | 'unchanged') => Promise<void>;
  /** Goes on with the record. */
  openRecord: () => void;
  /** Nothing is written. @param refusal what Salesforce has refused before */
  cancel: (refusal: string | undefined) => Promise<void>;
  /** Whether something would be lost with this page may have changed. */
  onUnsavedWork: () => void;
}

interface OpenProfile {
  api: RecordApi;
  profile: ProfileToWrite;
  /** Who is signed in, and in which org. */
  person: string;
  /** Aborts when something else is shown. */
  signal: AbortSignal;
  /** Shows again what there was to choose from; undefined where there was no choice. */
  back: (() => void) | undefined;
}

interface Loaded {
  fields: ReadonlyMap<string, FormField>;
  locked: ReadonlySet<string>;
  base: RecordState;
}

const goneSentence = 'This record was deleted meanwhile, or you may not see it any more. Nothing was saved.';
const changedSentence =
  'Somebody has changed this record meanwhile. Nothing was saved yet: look at what is ticked now.';

/** What an app says of a person or a company, beside the record that is meant. */
export class ProfilePane {
  readonly #options: ProfilePaneOptions;
  #open: OpenProfile | undefined;
  #loaded: Loaded | undefined;
  #state: ProfileState | undefined;
  #isDirty = false;
  #refusal: string | undefined;
  /** In memory only, for the person who has ticked it. */
  #kept: { person: string; profile: ProfileToWrite; ticked: readonly string[] } | undefined;
  readonly actions: ProfileActions = {
    tick: (field, isTicked) => this.#tick(field, isTicked),
    save: (allowDuplicates) => void this.#save(allowDuplicates),
    cancel: () => void this.#cancel(),
    back: () => this.#open?.back?.(),
    reload: () => void this.#load(),
    openRecord: () => this.#options.openRecord(),
  };

  constructor(options: ProfilePaneOptions) {
    this.#options = options;
  }

  /** Whether something would be lost with this page. */
  get hasUnsavedWork(): boolean {
    return (this.#isDirty && this.#state !== undefined) || this.#kept !== undefined;
  }

  /** The session is over. @param person whose ticks are kept until they are back; undefined drops them */
  leave(person: string | undefined): void {
    const [open, state] = [this.#open, this.#state];
    if (person === undefined) this.#kept = undefined;
    else if (open && state && this.#isDirty) this.#kept = { person, profile: open.profile, ticked: state.ticked };
    this.#isDirty = false;
  }

  /** Somebody is there. @returns what they had before them; what anybody else had is forgotten */
  keptFor(person: string): ProfileToWrite | undefined {
    if (this.#kept?.person !== person) this.#kept = undefined;
    return this.#kept?.profile;
  }

  async open(open: OpenProfile): Promise<void> {
    this.#open = open;
    this.#isDirty = false;
    open.signal.addEventListener('abort', () => {
      if (this.#open === open) this.#open = this.#state = this.#loaded = undefined;
    });
    await this.#load();
  }

  #set(change: Partial<ProfileState>, focus?: string): void {
    if (!this.#state) return;
    this.#state = { ...this.#state, ...change };
    this.#options.draw(this.#state);
    if (focus !== undefined) this.#options.root.querySelector<HTMLElement>(focus)?.focus();
  }

  async #load(): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const { api, profile, signal, back } = open;
    const begin = { ticked: [], elsewhere: {}, errors: noErrors, duplicates: [], isSaving: false };
    this.#state = { ...begin, name: profile.name, content: { kind: 'loading' }, hasOthers: back !== undefined };
    document.title = profile.name;
    this.#set({}, '#heading');
    try {
      const { fields, locked } = await loadProfileFields(api, profile, signal);
      const base = await readRecordState(api, { ...profile, fields: [...fields.values()] }, { signal });
      if (signal.aborted) return;
      this.#loaded = { fields, locked, base };
      const rows = this.#rows(base);
      const ticked = this.#takeKept(open);
      this.#isDirty = ticked !== undefined;
      this.#set({ content: { kind: 'open', rows }, ticked: ticked ?? firstTicks(rows) }, '#heading');
      const isNothing = rows.every(({ kind }) => kind === 'same' || kind === 'locked');
      this.#options.announce(isNothing ? 'There is nothing to change.' : `Update ${profile.name}?`);
      // The app is not left waiting for somebody to close what says that there is nothing to do.
      if (isNothing) await this.#report('unchanged');
    } catch (error) {
      if (signal.aborted) return;
      const { message } = failureNoticeOf(error);
      const content = { kind: 'unavailable' as const, message: `The record could not be compared. ${message}` };
      this.#set({ content }, '#problems');
    }
  }

  #takeKept({ person, profile }: OpenProfile): readonly string[] | undefined {
    const kept = this.keptFor(person);
    if (!kept || kept.type !== profile.type || kept.id !== profile.id) return undefined;
    const { ticked } = this.#kept!;
    this.#kept = undefined;
    return ticked;
  }

  #rows(state: RecordState): ProfileRow[] {
    const { fields, locked } = this.#loaded!;
    return profileRows(this.#open!.profile.values, fields, state, (name) => locked.has(name));
  }

  #tick(field: string, isTicked: boolean): void {
    const others = this.#state?.ticked.filter((name) => name !== field) ?? [];
    this.#isDirty = true;
    this.#set({ ticked: isTicked ? [...others, field] : others });
  }

  async #save(allowDuplicates: boolean): Promise<void> {
    const [open, state, loaded] = [this.#open, this.#state, this.#loaded];
    if (!open || !loaded || state?.content.kind !== 'open' || state.isSaving) return;
    const mine = changesOf(state.content.rows, state.ticked);
    if (Object.keys(mine).length === 0) {
      if (await this.#report('unchanged')) this.#options.openRecord();
      return;
    }
    const { api, signal } = open;
    this.#refusal = undefined;
    this.#set({ isSaving: true, errors: noErrors, duplicates: [] });
    try {
      const fields = [...loaded.fields.values()];
      const outcome = await saveEdit(api, { base: loaded.base, mine, fields, allowDuplicates, signal });
      if (!signal.aborted) await this.#settle(outcome);
    } catch (error) {
      if (!signal.aborted) this.#refuse({ ...noErrors, general: [failureNoticeOf(error).message] });
    }
  }

  async #settle(outcome: SaveOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'saved':
        this.#isDirty = false;
        // Should the provider not hear of it, saving again finds that all is there.
        if (await this.#report('updated')) this.#options.openRecord();
        return;
      case 'gone':
        return this.#refuse({ ...noErrors, general: [goneSentence] });
      case 'refused':
        this.#refusal = [...outcome.errors.general, ...Object.values(outcome.errors.fields)].join(' ');
        return this.#refuse(outcome.errors);
      case 'collision':
        return this.#collided(outcome.theirs);
    }
  }

  #collided(theirs: RecordState): void {
    const [state, loaded] = [this.#state, this.#loaded];
    if (!state || !loaded) return;
    const rows = profileRows(this.#open!.profile.values, loaded.fields, theirs, (name) => loaded.locked.has(name));
    const { ticked, changed } = ticksAfter(rows, state.ticked, loaded.base, theirs);
    this.#loaded = { ...loaded, base: theirs };
    const who = changedBy(theirs) ?? 'somebody';
    const elsewhere = rows
      .filter(({ field }) => changed.includes(field.name))
      .map(({ field }) => [field.name, `Changed to “${textOf(theirs, field)}” by ${who}`] as const);
    this.#set({ content: { kind: 'open', rows }, ticked, elsewhere: Object.fromEntries(elsewhere) });
    this.#refuse({ ...noErrors, general: [changedSentence] });
  }

  #refuse(errors: SaveErrors): void {
    const open = this.#open;
    const hasFault = Object.keys(errors.fields).length > 0;
    this.#set({ errors, isSaving: false }, hasFault ? '[aria-invalid="true"]' : '#problems');
    if (open && errors.duplicates.length > 0)
      void duplicateNames(open.api, errors.duplicates, open.signal).then((duplicates) => {
        if (!open.signal.aborted) this.#set({ duplicates });
      });
  }

  /** Tells the provider, and through it the app. @returns whether it has heard of it */
  async #report(outcome: 'updated' | 'unchanged'): Promise<boolean> {
    const open = this.#open;
    if (!open) return false;
    const { type, id } = open.profile;
    try {
      await this.#options.report(type, id, outcome);
      return !open.signal.aborted;
    } catch (error) {
      if (!open.signal.aborted)
        this.#refuse({ ...noErrors, general: [`The desktop could not be told. ${failureNoticeOf(error).message}`] });
      return false;
    }
  }

  async #cancel(): Promise<void> {
    const open = this.#open;
    if (!open || this.#state?.isSaving) return;
    this.#isDirty = false;
    this.#options.onUnsavedWork();
    await this.#options.cancel(this.#refusal).catch((error: unknown) => {
      if (!open.signal.aborted) this.#refuse({ ...noErrors, general: [failureNoticeOf(error).message] });
    });
  }
}
