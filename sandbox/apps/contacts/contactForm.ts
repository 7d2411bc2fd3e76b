/** Form for a new or an existing contact. */
import { html, nothing } from 'lit';
import { mergeTemplate, type MergeActions } from '../../../src/record-edit/mergeTemplate.ts';
import { textOf } from '../../../src/record-edit/recordState.ts';
import { changedElsewhere, type ContactForm } from './contactEdit.ts';
import { editableFields, type ContactField } from './contactRecords.ts';

export interface ContactFormActions extends MergeActions {
  /** Takes over what somebody else has changed. */
  takeOver(): void;
  type(field: ContactField, value: string): void;
  save(): void;
  cancel(): void;
}

/** The form for a new contact, or for a change of one, with the faults that Salesforce found beside their fields. */
export function contactForm(form: ContactForm, actions: ContactFormActions) {
  const { id, values, errors, saving, merge, missing, isGone = false } = form;
  if (merge)
    return html`<section class="slds-card" aria-label="Edit contact">${mergeTemplate({ merge, missing, isSaving: saving }, actions)}</section>`;
  const submit = (event: Event) => {
    event.preventDefault();
    actions.save();
  };
  return html`
    <section class="slds-card">
      <h2 class="card-title">${id === undefined ? 'New contact' : 'Edit contact'}</h2>
      <form class="card-body stack" novalidate @submit=${submit}>
        ${errors.general.length > 0 ? html`<div class="notice bad" role="alert"><p>${errors.general.join(' ')}</p></div>` : nothing}
        <div class="outcome" role="status">${saving ? nothing : elsewhere(form, actions)}</div>
        ${editableFields.map(
          ({ name, label, required, type, autocomplete }) => html`
          <div class="slds-form-element ${errors.fields[name] ? 'slds-has-error' : ''}">
            <label class="slds-form-element__label" for="field-${name}">${label}${required ? html` <span class="quiet">(required)</span>` : nothing}</label>
            <input
              class="slds-input" dir="auto" id="field-${name}" name=${name} type=${type} autocomplete=${autocomplete} .value=${values[name]}
              ?required=${required} aria-invalid=${errors.fields[name] ? 'true' : 'false'} aria-describedby=${errors.fields[name] ? `error-${name}` : nothing}
              @input=${(event: Event) => actions.type(name, (event.target as HTMLInputElement).value)}
            />
            ${errors.fields[name] ? html`<div class="slds-form-element__help" id="error-${name}" role="alert">${errors.fields[name]}</div>` : nothing}
          </div>`,
        )}
        <div class="row">
          <button class="slds-button slds-button_brand" type="submit" ?disabled=${saving || isGone}>${saving ? 'Saving …' : 'Save'}</button>
          <button class="slds-button slds-button_neutral" type="button" @click=${actions.cancel}>Cancel</button>
        </div>
      </form>
    </section>`;
}

/** What has happened to the contact while the person was typing. Nothing of what they typed is touched. */
function elsewhere(form: ContactForm, actions: ContactFormActions) {
  if (form.isGone)
    return html`<div class="notice warn"><p>This contact was deleted meanwhile, or you may not see it any more. It cannot be saved; what you have typed is still here, to copy.</p></div>`;
  const changed = changedElsewhere(form);
  if (changed.length === 0) return nothing;
  const told = editableFields
    .filter(({ name }) => changed.includes(name))
    .map((field) => [field.label, textOf(form.theirs, field)] as const)
    .map(([label, text]) => `${label} is now ${text === '' ? 'empty' : `“${text}”`}`);
  return html`
    <div class="notice warn">
      <p><b>Somebody has changed this contact meanwhile.</b> ${told.join('; ')}.</p>
      <button class="slds-button slds-button_neutral" type="button" @click=${actions.takeOver}>Take it over</button>
    </div>`;
}
