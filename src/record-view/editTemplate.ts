import { html, nothing, type TemplateResult } from 'lit';
import { mergeTemplate, type MergeActions } from '../record-edit/mergeTemplate.ts';
import type { GoneReason } from '../record-edit/refusals.ts';
import type { NamedDuplicates } from './duplicateNames.ts';
import type { EditState, OpenEdit } from './editState.ts';
import type { FormField } from './formFields.ts';
import { fieldTemplate, readInput } from './formTemplate.ts';
import type { LookupActions } from './lookupTemplate.ts';

export interface EditActions extends MergeActions, LookupActions {
  /** Takes what an input holds now. */
  typeInto(field: FormField, value: string | boolean): void;
  /** @param allowDuplicates also what a duplicate rule warns of */
  saveEdit(allowDuplicates: boolean): void;
  /** Ends the edit; asks first when something was typed. */
  cancelEdit(): void;
}

const goneSentence: Readonly<Record<GoneReason, string>> = {
  deleted: 'This record was deleted meanwhile.',
  noAccess: 'You may not see this record any more.',
  deletedOrNoAccess: 'This record was deleted meanwhile, or you may not see it any more.',
};

/** The records that a duplicate rule takes for the same, and the way on where it allows one. */
export function duplicatesTemplate(
  duplicates: readonly NamedDuplicates[],
  actions: Pick<EditActions, 'saveEdit'>,
): TemplateResult {
  const maySave = duplicates.every(({ allowSave }) => allowSave);
  return html`<div class="notice warn duplicates">
    ${duplicates.map(
      ({ label, records }) => html`<p>${label} that may be the same:</p>
      <ul>${records.map(({ name, link }) => html`<li><a href=${link} target="_blank" rel="noopener noreferrer"><bdi>${name}</bdi></a></li>`)}</ul>`,
    )}
    ${
      maySave
        ? html`<button class="slds-button slds-button_neutral" type="button" @click=${() => actions.saveEdit(true)}>Save anyway</button>`
        : html`<p>The org’s rules do not allow to save this beside them.</p>`
    }
  </div>`;
}

function problemsTemplate({ errors, duplicates, gone }: OpenEdit, actions: EditActions): TemplateResult {
  const wrong = Object.keys(errors.fields).length;
  const count = wrong === 0 ? '' : `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} your attention.`;
  const said = [...errors.general, count].filter((text) => text !== '').join(' ');
  return html`
    ${gone === undefined ? nothing : html`<div class="notice bad" role="alert"><p>${goneSentence[gone]} It cannot be saved; what you have typed is still here, to copy.</p></div>`}
    ${said === '' ? nothing : html`<div class="notice bad" role="alert" tabindex="-1"><p>${said}</p></div>`}
    ${duplicates.length === 0 ? nothing : duplicatesTemplate(duplicates, actions)}`;
}

/** Keys of the form: Escape ends it, Control (or Command) and Enter save. */
function onKey(event: KeyboardEvent, actions: EditActions): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    actions.saveEdit(false);
  }
  // Of a list that is open, or of an input method, it is not ours.
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  actions.cancelEdit();
}

function formTemplate(open: OpenEdit, name: string, actions: EditActions): TemplateResult {
  const { form, isSaving, gone, elsewhere } = open;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    actions.saveEdit(false);
  };
  const input = (event: Event): void => {
    const { name: changed } = event.target as HTMLInputElement;
    const field = form.fields.find((one) => one.name === changed);
    const value = field && readInput(event.currentTarget as HTMLFormElement, field);
    if (field && value !== undefined) actions.typeInto(field, value);
  };
  const changed = form.fields.filter((field) => elsewhere[field.name] !== undefined).map(({ label }) => label);
  return html`<form class="edit" novalidate aria-labelledby="edit-title" @submit=${submit} @input=${input}
      @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <div class="card-body stack">
      <h2 id="edit-title" tabindex="-1">Edit <bdi>${name}</bdi></h2>
      ${problemsTemplate(open, actions)}
      ${form.sections.map(
        ({ heading, fields }) => html`<section class="section">
          ${heading === '' ? nothing : html`<h3>${heading}</h3>`}
          <div class="form-grid">${fields.map((field) => fieldTemplate(field, open, actions))}</div>
        </section>`,
      )}
    </div>
    <div class="edit-foot row">
      <button class="slds-button slds-button_brand" type="submit" ?disabled=${isSaving || gone !== undefined}>${isSaving ? 'Saving …' : 'Save'}</button>
      <button class="slds-button slds-button_neutral" type="button" @click=${actions.cancelEdit}>Cancel</button>
      <span class="small quiet grow">${changed.length === 0 ? nothing : `Changed elsewhere: ${changed.join(', ')}`}</span>
    </div>
  </form>`;
}

/** The form of an existing record, in the place of its fields. */
export function editTemplate(state: EditState, name: string, actions: EditActions): TemplateResult {
  switch (state.kind) {
    case 'loading':
      return html`<p class="loading">Loading the form</p>`;
    case 'unavailable':
      return html`<div class="card-body stack">
        <div class="notice warn" role="alert"><p>${state.message}</p></div>
        <div class="row"><button class="slds-button slds-button_neutral" @click=${actions.cancelEdit}>Back to the record</button></div>
      </div>`;
    case 'open':
      return state.merge
        ? mergeTemplate({ merge: state.merge, missing: state.missing, isSaving: state.isSaving }, actions)
        : formTemplate(state, name, actions);
  }
}
