import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import { optionsOf, type FormField, type FormValues } from './formFields.ts';
import { emptyLookup, type LookupState } from './lookupState.ts';
import { lookupTemplate, type LookupActions } from './lookupTemplate.ts';

/** What the fields of a form are drawn from. Inputs keep what is typed in them, whatever is drawn. */
export interface FormState {
  /** What the inputs begin with. */
  values: Readonly<FormValues>;
  errors: SaveErrors;
  /** States of the lookup fields that are in use, by name. */
  lookups: Readonly<Record<string, LookupState>>;
  /** Begins the ids of its elements, where another form may be beside it. */
  prefix?: string;
  /** What somebody else has made of a field meanwhile, in a sentence, by name. */
  elsewhere?: Readonly<Record<string, string>>;
}

/** What a form's input holds now; undefined where it is not there. */
export function readInput(form: HTMLFormElement, { name, input }: FormField): string | boolean | undefined {
  const data = new FormData(form);
  if (input === 'checkbox') return data.has(name);
  if (input === 'multiselect') return data.getAll(name).join(';');
  const value = data.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** What an input is described by: its error, and what somebody else has made of it. */
interface Description {
  invalid: 'true' | 'false';
  described: string | undefined;
}

function inputTemplate(
  field: FormField,
  { values, prefix = '' }: FormState,
  { invalid, described }: Description,
): TemplateResult {
  const { name, input, required, maxLength } = field;
  const id = `${prefix}field-${name}`;
  const value = String(values[name] ?? '');
  if (input === 'textarea') {
    return html`<textarea class="slds-textarea" id=${id} name=${name} maxlength=${maxLength ?? nothing} .defaultValue=${value}
      aria-required=${required} aria-invalid=${invalid} aria-describedby=${described ?? nothing}></textarea>`;
  }
  if (input === 'select') {
    return html`<select class="slds-select" id=${id} name=${name} aria-required=${required} aria-invalid=${invalid}
      aria-describedby=${described ?? nothing}>
      <option value="">--None--</option>
      ${repeat(
        optionsOf(field, values),
        (option) => option.value,
        (option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>`;
  }
  return html`<input class="slds-input" id=${id} name=${name} type=${input} step=${input === 'number' ? 'any' : nothing}
    maxlength=${maxLength ?? nothing} .defaultValue=${value} autocomplete="off" aria-required=${required}
    aria-invalid=${invalid} aria-describedby=${described ?? nothing} />`;
}

/** The values of a multi-select picklist: what is ticked is chosen. */
function ticksTemplate(field: FormField, { values, prefix = '' }: FormState): TemplateResult {
  const chosen = String(values[field.name] ?? '').split(';');
  return html`<div class="ticks">${repeat(
    optionsOf(field, values),
    (option) => option.value,
    (option, index) => {
      const id = `${prefix}field-${field.name}${index === 0 ? '' : `-${index}`}`;
      return html`<div class="check"><input type="checkbox" id=${id} name=${field.name} value=${option.value}
        ?checked=${chosen.includes(option.value)} /><label for=${id}>${option.label}</label></div>`;
    },
  )}</div>`;
}

/** One field of a form: label, input, what is wrong with it, and what somebody else has made of it meanwhile. */
export function fieldTemplate(field: FormField, state: FormState, actions: LookupActions): TemplateResult {
  const { name, input, required } = field;
  const { prefix = '' } = state;
  const error = state.errors.fields[name];
  const news = state.elsewhere?.[name];
  const ids = [
    ...(error === undefined ? [] : [`${prefix}error-${name}`]),
    ...(news === undefined ? [] : [`${prefix}news-${name}`]),
  ];
  const described = ids.length === 0 ? undefined : ids.join(' ');
  const description: Description = { invalid: error === undefined ? 'false' : 'true', described };
  const mark = required ? html`<abbr class="required" title="required" aria-hidden="true">*</abbr>` : nothing;
  const label = html`<label class="slds-form-element__label" for="${prefix}field-${name}">${mark}${field.label}</label>`;
  // Beside the label, where there is room anyway: nothing moves under the fingers of somebody typing.
  const beside =
    news === undefined
      ? nothing
      : html`<span class="elsewhere small" id="${prefix}news-${name}" title=${news}>${news}</span>`;
  const help =
    error === undefined
      ? nothing
      : html`<div class="slds-form-element__help" id="${prefix}error-${name}">${error}</div>`;
  const classes = `${error === undefined ? '' : 'slds-has-error'} ${input === 'textarea' || input === 'multiselect' ? 'wide' : ''}`;
  if (input === 'checkbox') {
    return html`<div class=${classes}>
      <div class="check"><input type="checkbox" id="${prefix}field-${name}" name=${name} ?checked=${state.values[name] === true}
        aria-invalid=${description.invalid} aria-describedby=${described ?? nothing} />${label}${beside}</div>${help}
    </div>`;
  }
  if (input === 'multiselect') {
    return html`<fieldset class="plain ${classes}" aria-describedby=${described ?? nothing}>
      <legend class="slds-form-element__label">${mark}${field.label}</legend>${beside}${ticksTemplate(field, state)}${help}
    </fieldset>`;
  }
  const control =
    input === 'lookup'
      ? lookupTemplate(
          { field, state: state.lookups[name] ?? emptyLookup, invalid: error !== undefined, described },
          actions,
        )
      : inputTemplate(field, state, description);
  return html`<div class=${classes}><div class="label-row">${label}${beside}</div>${control}${help}</div>`;
}
