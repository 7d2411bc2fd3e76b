import { html, nothing, type TemplateResult } from 'lit';
import type { FormField } from './formFields.ts';
import type { LookupResult, LookupState, OpenLookup } from './lookupState.ts';
import { objectIcon } from './objectIcon.ts';

export interface LookupActions {
  /** Searches for what was typed; for nothing, what was used lately. */
  lookUp(field: FormField, term: string): void;
  pick(field: FormField, record: { id: string; name: string } | undefined): void;
  /** Enter is to pick this one; -1 for none. */
  point(field: FormField, active: number): void;
  closeList(field: FormField): void;
}

interface LookupInput {
  field: FormField;
  state: LookupState;
  invalid: boolean;
  described: string | undefined;
}

const optionId = ({ name }: FormField, at: number): string => `field-${name}-results-${at}`;

/**
 * Keys of the combobox: arrows move in the list and open it, Enter picks, Escape closes the list and nothing else.
 *
 * @see WAI-ARIA Authoring Practices, "Combobox Pattern"
 */
function onKey(event: KeyboardEvent, field: FormField, state: OpenLookup, actions: LookupActions): void {
  const { results, isShown = false, active = -1, term = '' } = state;
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    if (!isShown) return actions.lookUp(field, term);
    if (results.length === 0) return;
    const next = active + step < 0 ? results.length - 1 : (active + step) % results.length;
    actions.point(field, next);
    // The focus stays in the input, so no browser brings it into sight.
    document.getElementById(optionId(field, next))?.scrollIntoView({ block: 'nearest' });
  } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
    // The form is not sent while somebody is looking for a record.
    event.preventDefault();
    const chosen = isShown ? results[active] : undefined;
    if (chosen) actions.pick(field, chosen);
  } else if (event.key === 'Escape' && isShown) {
    event.preventDefault();
    actions.closeList(field);
  }
}

function optionTemplate(id: string, result: LookupResult, isActive: boolean, pick: () => void): TemplateResult {
  return html`<li class="list-item" role="option" id=${id} aria-selected=${isActive}
      @mousedown=${(event: MouseEvent) => event.preventDefault()} @click=${pick}>
    ${objectIcon(result.type)}
    <span class="text"><strong><bdi>${result.name}</bdi></strong>${
      result.detail === '' ? nothing : html`<span class="quiet small"><bdi>${result.detail}</bdi></span>`
    }</span>
  </li>`;
}

/** A search for the record that a field refers to. */
export function lookupTemplate(
  { field, state, invalid, described }: LookupInput,
  actions: LookupActions,
): TemplateResult {
  const id = `field-${field.name}`;
  if (state.kind === 'chosen') {
    return html`<div class="chosen">
      <span class="grow"><bdi>${state.name}</bdi></span>
      <button class="slds-button" type="button" id=${id} aria-label="Remove ${state.name} from ${field.label}"
        @click=${() => actions.pick(field, undefined)}>Remove</button>
    </div>`;
  }
  const { results, message, term = '', isShown = false, active = -1 } = state;
  const listId = `${id}-results`;
  return html`<div class="lookup">
    <input class="slds-input" id=${id} type="text" role="combobox" autocomplete="off" placeholder="Search" .defaultValue=${term}
      aria-autocomplete="list" aria-expanded=${isShown && results.length > 0} aria-controls=${listId}
      aria-activedescendant=${isShown && active >= 0 ? optionId(field, active) : nothing}
      aria-required=${field.required} aria-invalid=${invalid} aria-describedby=${described ?? nothing}
      @keydown=${(event: KeyboardEvent) => onKey(event, field, state, actions)}
      @click=${() => {
        if (!isShown) actions.lookUp(field, term);
      }}
      @blur=${() => actions.closeList(field)}
      @input=${(event: InputEvent) => actions.lookUp(field, (event.currentTarget as HTMLInputElement).value)} />
    <div class="lookup-popup" ?hidden=${!isShown}>
      ${message === '' ? nothing : html`<p class="quiet small">${message}</p>`}
      <ul class="list" role="listbox" id=${listId} aria-label=${field.label}>
        ${results.map((result, at) => optionTemplate(optionId(field, at), result, at === active, () => actions.pick(field, result)))}
      </ul>
    </div>
  </div>`;
}
