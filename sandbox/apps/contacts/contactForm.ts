/** Form for a new or an existing contact. */
import { html, nothing } from 'lit';
import { editableFields, type ContactField, type ContactValues } from './contactRecords.ts';

export interface ContactForm {
  /** Undefined for a new contact. */
  id?: string | undefined;
  values: ContactValues;
  fieldErrors: Partial<Record<ContactField, string>>;
  otherErrors: string[];
  saving: boolean;
}

export interface ContactFormActions {
  type(field: ContactField, value: string): void;
  save(): void;
  cancel(): void;
}

/** The form for a new contact, or for a change of one, with the faults that Salesforce found beside their fields. */
export function contactForm(
  { id, values, fieldErrors, otherErrors, saving }: ContactForm,
  actions: ContactFormActions,
) {
  const submit = (event: Event) => {
    event.preventDefault();
    actions.save();
  };
  return html`
    <section class="slds-card">
      <h2 class="card-title">${id === undefined ? 'New contact' : 'Edit contact'}</h2>
      <form class="card-body stack" novalidate @submit=${submit}>
        ${otherErrors.length > 0 ? html`<div class="notice bad" role="alert"><p>${otherErrors.join(' ')}</p></div>` : nothing}
        ${editableFields.map(
          ({ name, label, required, type, autocomplete }) => html`
          <div class="slds-form-element ${fieldErrors[name] ? 'slds-has-error' : ''}">
            <label class="slds-form-element__label" for="field-${name}">${label}${required ? html` <span class="quiet">(required)</span>` : nothing}</label>
            <input
              class="slds-input" id="field-${name}" name=${name} type=${type} autocomplete=${autocomplete} .value=${values[name]}
              ?required=${required} aria-invalid=${fieldErrors[name] ? 'true' : 'false'} aria-describedby=${fieldErrors[name] ? `error-${name}` : nothing}
              @input=${(event: Event) => actions.type(name, (event.target as HTMLInputElement).value)}
            />
            ${fieldErrors[name] ? html`<div class="slds-form-element__help" id="error-${name}" role="alert">${fieldErrors[name]}</div>` : nothing}
          </div>`,
        )}
        <div class="row">
          <button class="slds-button slds-button_brand" type="submit" ?disabled=${saving}>${saving ? 'Saving …' : 'Save'}</button>
          <button class="slds-button slds-button_neutral" type="button" @click=${actions.cancel}>Cancel</button>
        </div>
      </form>
    </section>`;
}
