import { html, nothing, type TemplateResult } from 'lit';
import type { RecordSummary } from '../salesforce/recordSummary.ts';
import type { FormField } from './formFields.ts';

/** State of a lookup field of the form: the chosen record, or the results of the search so far. */
export type LookupState =
  | { kind: 'chosen'; id: string; name: string }
  /** `term`: what was typed, of which nothing has been picked yet. */
  | { kind: 'open'; results: RecordSummary[]; message: string; term?: string };

export interface LookupActions {
  lookUp(field: FormField, term: string): void;
  pick(field: FormField, record: { id: string; name: string } | undefined): void;
}

interface LookupInput {
  field: FormField;
  state: LookupState;
  invalid: boolean;
  described: string | undefined;
}

/** A search for the record a field refers to. */
export function lookupTemplate(
  { field, state, invalid, described }: LookupInput,
  actions: LookupActions,
): TemplateResult {
  const id = `field-${field.name}`;
  if (state.kind === 'chosen') {
    return html`<div class="chosen">
      <span class="grow">${state.name}</span>
      <input type="hidden" name=${field.name} value=${state.id} />
      <button class="slds-button" type="button" id=${id} aria-label="Remove ${state.name}" @click=${() => actions.pick(field, undefined)}>Remove</button>
    </div>`;
  }
  const { results, message, term = '' } = state;
  return html`<input class="slds-input" id=${id} type="search" autocomplete="off" placeholder="Search" aria-required=${field.required}
      aria-invalid=${invalid} aria-describedby=${described ?? nothing} aria-controls="${id}-results" .defaultValue=${term}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
      @input=${(event: InputEvent) => actions.lookUp(field, (event.currentTarget as HTMLInputElement).value)} />
    <div id="${id}-results" aria-live="polite">
      ${
        results.length === 0
          ? nothing
          : html`<ul class="list lookup-results">${results.map(
              (record) => html`<li>
        <button class="list-item" type="button" @click=${() => actions.pick(field, record)}>
          <span class="text"><strong>${record.name}</strong><span class="quiet small">${record.details[0]?.value ?? ''}</span></span>
        </button></li>`,
            )}</ul>`
      }
      ${message === '' ? nothing : html`<p class="quiet small">${message}</p>`}
    </div>`;
}
