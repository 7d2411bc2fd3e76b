import { html, nothing, type TemplateResult } from 'lit';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import type { NamedDuplicates } from './duplicateNames.ts';
import { duplicatesTemplate } from './editTemplate.ts';
import type { FormField, FormValues } from './formFields.ts';
import { fieldTemplate, readInput } from './formTemplate.ts';
import type { LookupState } from './lookupState.ts';
import type { LookupActions } from './lookupTemplate.ts';
import type { NewRecordForm } from './newRecord.ts';

export interface OpenNewRecord {
  kind: 'open';
  form: NewRecordForm;
  /** What the form began with, by field. */
  suggested: Readonly<Record<string, string>>;
  values: FormValues;
  errors: SaveErrors;
  /** What a duplicate rule has found. */
  duplicates: readonly NamedDuplicates[];
  isSaving: boolean;
  /** States of the lookup fields that are in use, by name. */
  lookups: Readonly<Record<string, LookupState>>;
}

export type NewRecordState =
  { kind: 'closed' } | { kind: 'loading' } | { kind: 'unavailable'; message: string } | OpenNewRecord;

export interface NewRecordActions extends LookupActions {
  /** Takes what an input holds now. */
  typeNew(field: FormField, value: string | boolean): void;
  /** @param allowDuplicates also what a duplicate rule warns of */
  saveNew(allowDuplicates: boolean): void;
  /** Closes the form; asks first when something was typed. */
  closeForm(): void;
}

/** The form for a new record. */
export function newRecordTemplate(state: NewRecordState, actions: NewRecordActions): TemplateResult | typeof nothing {
  if (state.kind === 'closed') return nothing;
  if (state.kind === 'loading')
    return html`<section class="slds-card"><p class="loading">Loading the form</p></section>`;
  if (state.kind === 'unavailable') return html`<div class="notice warn" role="alert"><p>${state.message}</p></div>`;
  return formTemplate(state, actions);
}

function formTemplate(open: OpenNewRecord, actions: NewRecordActions): TemplateResult {
  const { form, errors, duplicates, isSaving } = open;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    actions.saveNew(false);
  };
  const input = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    const field = [...form.fields, ...form.moreFields].find((one) => one.name === name);
    const value = field && readInput(event.currentTarget as HTMLFormElement, field);
    if (field && value !== undefined) actions.typeNew(field, value);
  };
  const moreHasError = form.moreFields.some(({ name }) => errors.fields[name] !== undefined);
  const said = errors.general.join(' ');
  return html`<section class="slds-card" aria-labelledby="form-title">
    <form class="card-body stack" novalidate @submit=${submit} @input=${input}>
      <h2 id="form-title" tabindex="-1">New ${form.objectLabel.toLowerCase()}</h2>
      ${said === '' ? nothing : html`<div class="notice bad" role="alert" tabindex="-1" id="form-problems"><p>${said}</p></div>`}
      ${duplicates.length === 0 ? nothing : duplicatesTemplate(duplicates, { saveEdit: actions.saveNew })}
      <div class="form-grid">${form.fields.map((field) => fieldTemplate(field, open, actions))}</div>
      ${
        form.moreFields.length === 0
          ? nothing
          : html`<details ?open=${moreHasError}>
        <summary>More fields</summary>
        <div class="form-grid">${form.moreFields.map((field) => fieldTemplate(field, open, actions))}</div>
      </details>`
      }
      <div class="row">
        <button class="slds-button slds-button_brand" ?disabled=${isSaving}>${isSaving ? 'Saving' : 'Save'}</button>
        <button class="slds-button slds-button_neutral" type="button" @click=${actions.closeForm}>Cancel</button>
      </div>
    </form>
  </section>`;
}
