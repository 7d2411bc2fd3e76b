import { html, nothing, type TemplateResult } from 'lit';
import type { FormField, FormValues } from './formFields.ts';
import { fieldTemplate, readInput } from './formTemplate.ts';
import type { LookupActions, LookupState } from './lookupTemplate.ts';
import type { NewRecordForm } from './newRecord.ts';
import type { SaveErrors } from '../record-edit/saveErrors.ts';

export type NewRecordState =
  | { kind: 'closed' }
  | { kind: 'loading' }
  | { kind: 'unavailable'; message: string }
  | {
      kind: 'open';
      form: NewRecordForm;
      suggested: Readonly<Record<string, string>>;
      errors: SaveErrors;
      isSaving: boolean;
      /** States of the lookup fields that are in use, by name. */
      lookups: Readonly<Record<string, LookupState>>;
    };

export interface NewRecordActions extends LookupActions {
  save(values: FormValues): void;
  closeForm(): void;
}

/** Reads what the form's inputs hold; unchecked boxes are left to Salesforce's default. */
function valuesOf(element: HTMLFormElement, fields: readonly FormField[]): FormValues {
  const values = fields.map((field) => [field.name, readInput(element, field)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== false)) as FormValues;
}

/** The form for a new record. */
export function newRecordTemplate(state: NewRecordState, actions: NewRecordActions): TemplateResult | typeof nothing {
  if (state.kind === 'closed') return nothing;
  if (state.kind === 'loading')
    return html`<section class="slds-card"><p class="loading">Loading the form</p></section>`;
  if (state.kind === 'unavailable') return html`<div class="notice warn" role="alert"><p>${state.message}</p></div>`;
  const { form, errors, isSaving, suggested, lookups } = state;
  const drawn = { values: suggested, errors, lookups };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isSaving) actions.save(valuesOf(event.currentTarget as HTMLFormElement, [...form.fields, ...form.moreFields]));
  };
  const moreHasError = form.moreFields.some(({ name }) => errors.fields[name] !== undefined);
  return html`<section class="slds-card" aria-labelledby="form-title">
    <form class="card-body stack" novalidate @submit=${submit}>
      <h2 id="form-title">New ${form.objectLabel.toLowerCase()}</h2>
      ${errors.general.length === 0 ? nothing : html`<div class="notice bad" role="alert"><p>${errors.general.join(' ')}</p></div>`}
      <div class="form-grid">${form.fields.map((field) => fieldTemplate(field, drawn, actions))}</div>
      ${
        form.moreFields.length === 0
          ? nothing
          : html`<details ?open=${moreHasError}>
        <summary>More fields</summary>
        <div class="form-grid">${form.moreFields.map((field) => fieldTemplate(field, drawn, actions))}</div>
      </details>`
      }
      <div class="row">
        <button class="slds-button slds-button_brand" ?disabled=${isSaving}>${isSaving ? 'Saving' : 'Save'}</button>
        <button class="slds-button slds-button_neutral" type="button" @click=${actions.closeForm}>Cancel</button>
      </div>
    </form>
  </section>`;
}
