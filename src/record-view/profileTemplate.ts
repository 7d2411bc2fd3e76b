import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import type { NamedDuplicates } from './duplicateNames.ts';
import { duplicatesTemplate } from './editTemplate.ts';
import type { ProfileRow } from './profileRows.ts';

/** What an app says of somebody, beside what Salesforce has, as the person has it before them. */
export interface ProfileState {
  name: string;
  content:
    { kind: 'loading' } | { kind: 'unavailable'; message: string } | { kind: 'open'; rows: readonly ProfileRow[] };
  /** Names of the fields that are written. */
  ticked: readonly string[];
  /** What somebody else has changed meanwhile, in sentences, by field. */
  elsewhere: Readonly<Record<string, string>>;
  errors: SaveErrors;
  duplicates: readonly NamedDuplicates[];
  isSaving: boolean;
  /** Whether there is a choice to go back to. */
  hasOthers: boolean;
}

export interface ProfileActions {
  tick(field: string, isTicked: boolean): void;
  save(allowDuplicates: boolean): void;
  cancel(): void;
  /** Goes back to those who may be meant. */
  back(): void;
  reload(): void;
  /** Shows the record itself. */
  openRecord(): void;
}

function rowTemplate({ field, current, proposed, kind }: ProfileRow, state: ProfileState, actions: ProfileActions) {
  const { name, label } = field;
  const error = state.errors.fields[name];
  const news = state.elsewhere[name];
  const ids = [...(error === undefined ? [] : [`error-${name}`]), ...(news === undefined ? [] : [`news-${name}`])];
  const tick = (event: Event): void => actions.tick(name, (event.target as HTMLInputElement).checked);
  return html`<li class=${error === undefined ? '' : 'slds-has-error'}>
    <div class="check">
      <input type="checkbox" id="tick-${name}" .checked=${state.ticked.includes(name)} @change=${tick}
        aria-invalid=${error !== undefined} aria-describedby=${ids.length === 0 ? nothing : ids.join(' ')} />
      <label for="tick-${name}">${
        kind === 'empty'
          ? html`<b>${label}</b>: fill in <bdi>“${proposed}”</bdi>`
          : html`<b>${label}</b>: overwrite <bdi>“${current}”</bdi> by <bdi>“${proposed}”</bdi>`
      }</label>
    </div>
    ${news === undefined ? nothing : html`<p class="small elsewhere" id="news-${name}">${news}</p>`}
    ${error === undefined ? nothing : html`<div class="slds-form-element__help" id="error-${name}">${error}</div>`}
  </li>`;
}

const namesOf = (rows: readonly ProfileRow[]): string => rows.map(({ field }) => field.label).join(', ');

function rowsTemplate(rows: readonly ProfileRow[], state: ProfileState, actions: ProfileActions): TemplateResult {
  const open = rows.filter(({ kind }) => kind === 'empty' || kind === 'different');
  const [same, locked] = (['same', 'locked'] as const).map((kind) => rows.filter((row) => row.kind === kind));
  return html`
    ${
      open.length === 0
        ? nothing
        : html`<fieldset class="plain"><legend><h2>What would be written</h2></legend>
      <ul class="changes">${repeat(
        open,
        ({ field }) => field.name,
        (row) => rowTemplate(row, state, actions),
      )}</ul></fieldset>`
    }
    ${same!.length === 0 ? nothing : html`<p class="small">In Salesforce already: ${namesOf(same!)}.</p>`}
    ${locked!.map(
      ({ field, current, proposed }) =>
        html`<p class="small">${field.label}: you may not change <bdi>“${current}”</bdi> into <bdi>“${proposed}”</bdi>.</p>`,
    )}`;
}

function problemsTemplate({ errors, duplicates }: ProfileState, actions: ProfileActions): TemplateResult {
  const wrong = Object.keys(errors.fields).length;
  const count = wrong === 0 ? '' : `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} your attention.`;
  const said = [...errors.general, count].filter((text) => text !== '').join(' ');
  return html`${said === '' ? nothing : html`<div class="notice bad" role="alert" tabindex="-1" id="problems"><p>${said}</p></div>`}
    ${duplicates.length === 0 ? nothing : duplicatesTemplate(duplicates, { saveEdit: actions.save })}`;
}

function contentTemplate(state: ProfileState, actions: ProfileActions): TemplateResult {
  const { content, ticked, isSaving, hasOthers } = state;
  const cancel = html`<button class="slds-button slds-button_neutral" type="button" @click=${actions.cancel}>Cancel</button>`;
  const back = hasOthers
    ? html`<button class="slds-button slds-button_neutral" type="button" @click=${actions.back}>Somebody else</button>`
    : nothing;
  switch (content.kind) {
    case 'loading':
      return html`<div class="slds-card"><p class="loading">Comparing with Salesforce</p></div>`;
    case 'unavailable':
      return html`<div class="slds-card card-body stack">
        <div class="notice warn" role="alert" id="problems" tabindex="-1"><p>${content.message}</p></div>
        <div class="row"><button class="slds-button slds-button_brand" @click=${actions.reload}>Try again</button>${back}${cancel}</div>
      </div>`;
    case 'open': {
      const { rows } = content;
      if (rows.every(({ kind }) => kind === 'same' || kind === 'locked'))
        return html`<div class="slds-card card-body stack">
          <div class="notice"><p>There is nothing to change.</p></div>
          ${rowsTemplate(rows, state, actions)}
          <div class="row"><button class="slds-button slds-button_brand" @click=${actions.openRecord}>Open the record</button>${back}</div>
        </div>`;
      return html`<form class="slds-card edit" novalidate aria-labelledby="heading" @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        actions.save(false);
      }}>
        <div class="card-body stack">${problemsTemplate(state, actions)}${rowsTemplate(rows, state, actions)}</div>
        <div class="edit-foot row">
          <button class="slds-button slds-button_brand" type="submit" ?disabled=${isSaving}>${
            isSaving ? 'Saving …' : ticked.length === 0 ? 'Leave as it is' : 'Save in Salesforce'
          }</button>
          ${back}${cancel}
        </div>
      </form>`;
    }
  }
}

/** Keys of the whole screen: Escape ends it, Control (or Command) and Enter save. */
function onKey(event: KeyboardEvent, actions: ProfileActions): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    actions.save(false);
  }
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  actions.cancel();
}

/** Shows, field by field, what is in Salesforce and what would change. */
export function profileTemplate(state: ProfileState, actions: ProfileActions): TemplateResult {
  return html`<main class="app find profile" @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <header class="app-head"><h1 tabindex="-1" id="heading">Update <bdi>${state.name}</bdi>?</h1></header>
    ${contentTemplate(state, actions)}
  </main>`;
}
