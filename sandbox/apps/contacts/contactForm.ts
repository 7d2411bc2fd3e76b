/** Form for a new or an existing contact. */
import { html, nothing } from 'lit';
import { editableFields, type ContactField, type ContactValues } from './contactRecords.ts';

export interface ContactForm {
  /** Undefined for a new contact. */
  id?: string | undefined;
  values: ContactValues;
  /** The values that the person has begun from. What differs from them is what they have typed. */
  base: ContactValues;
  /** The values as they are in Salesforce now. */
  theirs: ContactValues;
  /** Somebody has deleted the contact, or it may not be seen any more. */
  isGone?: boolean;
  fieldErrors: Partial<Record<ContactField, string>>;
  otherErrors: string[];
  saving: boolean;
}

/** A field that somebody else has changed since the form was opened, to something else than what is typed here. */
export const changedElsewhere = ({ values, base, theirs }: ContactForm): ContactField[] =>
  editableFields
    .map(({ name }) => name)
    .filter((name) => theirs[name] !== base[name] && theirs[name] !== values[name].trim());

/** The values that the person has typed, and no others: what somebody else has changed meanwhile is left alone. */
export const typedValues = ({ values, base }: ContactForm): Partial<ContactValues> =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== base[name as ContactField]));

export interface ContactFormActions {
  /** Takes over what somebody else has changed. */
  takeOver(): void;
  type(field: ContactField, value: string): void;
  save(): void;
  cancel(): void;
}

/** The form for a new contact, or for a change of one, with the faults that Salesforce found beside their fields. */
export function contactForm(form: ContactForm, actions: ContactFormActions) {
  const { id, values, fieldErrors, otherErrors, saving } = form;
  const submit = (event: Event) => {
    event.preventDefault();
    actions.save();
  };
  return html`
    <section class="slds-card">
      <h2 class="card-title">${id === undefined ? 'New contact' : 'Edit contact'}</h2>
      <form class="card-body stack" novalidate @submit=${submit}>
        ${otherErrors.length > 0 ? html`<div class="notice bad" role="alert"><p>${otherErrors.join(' ')}</p></div>` : nothing}
        <div class="outcome" role="status">${saving ? nothing : elsewhere(form, actions)}</div>
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

/** What has happened to the contact while the person was typing. Nothing of what they typed is touched. */
function elsewhere(form: ContactForm, actions: ContactFormActions) {
  if (form.isGone)
    return html`<div class="notice warn"><p>This contact was deleted meanwhile, or you may not see it any more.</p></div>`;
  const changed = changedElsewhere(form);
  if (changed.length === 0) return nothing;
  const told = editableFields
    .filter(({ name }) => changed.includes(name))
    .map(({ name, label }) => `${label} is now ${form.theirs[name] === '' ? 'empty' : `“${form.theirs[name]}”`}`);
  return html`
    <div class="notice warn">
      <p><b>Somebody has changed this contact meanwhile.</b> ${told.join('; ')}.</p>
      <button class="slds-button slds-button_neutral" type="button" @click=${actions.takeOver}>Take it over</button>
    </div>`;
}
