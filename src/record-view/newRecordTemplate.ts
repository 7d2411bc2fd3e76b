import { html, nothing, type TemplateResult } from 'lit';
import { lookupTemplate, type LookupActions, type LookupState } from './lookupTemplate.ts';
import type { FormField, FormValues, NewRecordForm } from './newRecord.ts';
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

type OpenForm = Extract<NewRecordState, { kind: 'open' }>;

/** Reads what the form's inputs hold; unchecked boxes are left to Salesforce's default. */
function valuesOf(element: HTMLFormElement, fields: readonly FormField[]): FormValues {
  const data = new FormData(element);
  const values: FormValues = {};
  for (const { name, input } of fields) {
    const value = data.get(name);
    if (input === 'checkbox' && value !== null) values[name] = true;
    else if (typeof value === 'string') values[name] = value;
  }
  return values;
}

function inputTemplate(field: FormField, value: string, described: string | undefined): TemplateResult {
  const { name, input, required, maxLength, options } = field;
  const invalid = described === undefined ? 'false' : 'true';
  const id = `field-${name}`;
  if (input === 'textarea') {
    return html`<textarea class="slds-textarea" id=${id} name=${name} maxlength=${maxLength ?? nothing} .defaultValue=${value}
      aria-required=${required} aria-invalid=${invalid} aria-describedby=${described ?? nothing}></textarea>`;
  }
  if (input === 'select') {
    return html`<select class="slds-select" id=${id} name=${name} aria-required=${required} aria-invalid=${invalid}
      aria-describedby=${described ?? nothing}>
      <option value="">--None--</option>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}
    </select>`;
  }
  return html`<input class="slds-input" id=${id} name=${name} type=${input} step=${input === 'number' ? 'any' : nothing}
    maxlength=${maxLength ?? nothing} .defaultValue=${value} autocomplete="off" aria-required=${required}
    aria-invalid=${invalid} aria-describedby=${described ?? nothing} />`;
}

function fieldTemplate(
  field: FormField,
  { suggested, errors, lookups }: OpenForm,
  actions: LookupActions,
): TemplateResult {
  const error = errors.fields[field.name];
  const described = error === undefined ? undefined : `error-${field.name}`;
  const label = html`<label class="slds-form-element__label" for="field-${field.name}">
    ${field.required ? html`<abbr class="required" title="required" aria-hidden="true">*</abbr>` : nothing}${field.label}</label>`;
  const help =
    error === undefined ? nothing : html`<div class="slds-form-element__help" id="error-${field.name}">${error}</div>`;
  const classes = `${error === undefined ? '' : 'slds-has-error'} ${field.input === 'textarea' ? 'wide' : ''}`;
  if (field.input === 'checkbox') {
    return html`<div class=${classes}>
      <div class="check"><input type="checkbox" id="field-${field.name}" name=${field.name} />${label}</div>${help}
    </div>`;
  }
  if (field.input === 'lookup') {
    const state = lookups[field.name] ?? { kind: 'open', results: [], message: '' };
    return html`<div class=${classes}>${label}${lookupTemplate({ field, state, invalid: error !== undefined, described }, actions)}${help}</div>`;
  }
  return html`<div class=${classes}>${label}${inputTemplate(field, suggested[field.name] ?? '', described)}${help}</div>`;
}

/** The form for a new record. */
export function newRecordTemplate(state: NewRecordState, actions: NewRecordActions): TemplateResult | typeof nothing {
  if (state.kind === 'closed') return nothing;
  if (state.kind === 'loading')
    return html`<section class="slds-card"><p class="loading">Loading the form</p></section>`;
  if (state.kind === 'unavailable') return html`<div class="notice warn" role="alert"><p>${state.message}</p></div>`;
  const { form, errors, isSaving } = state;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isSaving) actions.save(valuesOf(event.currentTarget as HTMLFormElement, [...form.fields, ...form.moreFields]));
  };
  const moreHasError = form.moreFields.some(({ name }) => errors.fields[name] !== undefined);
  return html`<section class="slds-card" aria-labelledby="form-title">
    <form class="card-body stack" novalidate @submit=${submit}>
      <h2 id="form-title">New ${form.objectLabel.toLowerCase()}</h2>
      ${errors.general.length === 0 ? nothing : html`<div class="notice bad" role="alert"><p>${errors.general.join(' ')}</p></div>`}
      <div class="form-grid">${form.fields.map((field) => fieldTemplate(field, state, actions))}</div>
      ${
        form.moreFields.length === 0
          ? nothing
          : html`<details ?open=${moreHasError}>
        <summary>More fields</summary>
        <div class="form-grid">${form.moreFields.map((field) => fieldTemplate(field, state, actions))}</div>
      </details>`
      }
      <div class="row">
        <button class="slds-button slds-button_brand" ?disabled=${isSaving}>${isSaving ? 'Saving' : 'Save'}</button>
        <button class="slds-button slds-button_neutral" type="button" @click=${actions.closeForm}>Cancel</button>
      </div>
    </form>
  </section>`;
}
