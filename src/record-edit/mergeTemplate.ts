import { html, nothing, type TemplateResult } from 'lit';
import type { Merge, MergeRow, Side } from './merge.ts';

export interface MergeActions {
  chooseSide(field: string, side: Side): void;
  /** Saves what is chosen; called only when all is. */
  saveMerge(): void;
  /** Leaves the choice for later; nothing that was typed is lost. */
  backToForm(): void;
}

interface MergeScreen {
  merge: Merge;
  isSaving: boolean;
  /** Fields that the person has to decide before they can save; marked once they have tried. */
  missing: readonly string[];
}

const shown = (text: string): TemplateResult => (text === '' ? html`<i>empty</i>` : html`<bdi>${text}</bdi>`);

function choice(row: MergeRow, side: Side, { merge }: MergeScreen, actions: MergeActions): TemplateResult {
  const { field, isConflict } = row;
  const theirs = merge.who === undefined ? 'Theirs' : html`<bdi>${merge.who}</bdi>`;
  const whose = side === 'theirs' ? theirs : isConflict ? 'Yours' : 'As it was';
  const id = `merge-${field.name}-${side}`;
  return html`<div class="merge-choice">
    <input type="radio" id=${id} name="merge-${field.name}" .checked=${merge.choices[field.name] === side}
      @change=${() => actions.chooseSide(field.name, side)} />
    <label for=${id}><span class="quiet small">${whose}</span> <span class="merge-value">${shown(side === 'theirs' ? row.theirs : row.mine)}</span></label>
  </div>`;
}

function rowTemplate(row: MergeRow, screen: MergeScreen, actions: MergeActions): TemplateResult {
  const { field, isConflict, before } = row;
  const isMissing = screen.missing.includes(field.name);
  const id = `merge-${field.name}`;
  return html`<fieldset class="merge-row" role="radiogroup" id=${id} aria-required="true" aria-invalid=${isMissing} aria-labelledby="${id}-label"
      aria-describedby="${id}-before${isMissing ? ` ${id}-missing` : ''}">
    <legend id="${id}-label">${field.label}</legend>
    <p class="quiet small" id="${id}-before">Before: ${shown(before)}${isConflict ? nothing : html` · You have not changed it.`}</p>
    ${choice(row, 'mine', screen, actions)}${choice(row, 'theirs', screen, actions)}
    ${isMissing ? html`<p class="slds-form-element__help" id="${id}-missing">Choose one of the two.</p>` : nothing}
  </fieldset>`;
}

/** Shows what somebody else has changed since the edit began, field by field, for the person to choose. */
export function mergeTemplate(screen: MergeScreen, actions: MergeActions): TemplateResult {
  const { merge, isSaving } = screen;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!isSaving) actions.saveMerge();
  };
  return html`<form class="card-body stack merge" novalidate aria-labelledby="merge-title" @submit=${submit}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        if (event.key !== 'Escape') return;
        event.preventDefault();
        actions.backToForm();
      }}>
    <h2 id="merge-title" tabindex="-1">${merge.who === undefined ? 'Somebody else' : html`<bdi>${merge.who}</bdi>`} has changed this record meanwhile</h2>
    <p>Nothing was saved, and nothing is lost. Choose what each field is to say, then save again.</p>
    <div class="merge-rows">${merge.rows.map((row) => rowTemplate(row, screen, actions))}</div>
    <div class="row">
      <button class="slds-button slds-button_brand" type="submit" ?disabled=${isSaving}>${isSaving ? 'Saving …' : 'Save what is chosen'}</button>
      <button class="slds-button slds-button_neutral" type="button" @click=${actions.backToForm}>Back to the form</button>
    </div>
  </form>`;
}
