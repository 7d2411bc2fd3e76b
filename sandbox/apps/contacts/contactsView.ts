/** What the Contacts app shows. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { accessView, appHead } from '../accessView.ts';
import { channelPicker, type ChannelChoice } from '../channelPicker.ts';
import { goDownToList, oneTabStop } from '../oneTabStop.ts';
import { recordIcon } from '../recordIcon.ts';
import type { ChangeMarks } from '../../../src/live-view/changeMarks.ts';
import type { Freshness } from '../../../src/live-view/liveView.ts';
import type { Access, SalesforceAccess } from '../salesforceAccess.ts';
import type { ContactForm } from './contactEdit.ts';
import { contactForm, type ContactFormActions } from './contactForm.ts';
import type { ContactRecord } from './contactRecords.ts';

type Marks = Pick<ChangeMarks, 'has'>;

export interface ContactsState {
  access: Access;
  channel?: ChannelChoice;
  words: string;
  searching: boolean;
  loadingMore: boolean;
  contacts: ContactRecord[];
  totalSize: number;
  nextRecordsUrl?: string | undefined;
  selected?: ContactRecord | undefined;
  form?: ContactForm | undefined;
  /** How fresh the list is. */
  listFreshness?: (() => Freshness) | undefined;
  /** How fresh the contact is that is looked at. */
  freshness?: (() => Freshness) | undefined;
  failure?: string | undefined;
  /** Said to screen readers and shown for a moment: what was done. */
  done?: string | undefined;
}

export interface ContactsActions extends ContactFormActions {
  search(words: string): void;
  searchAgain(): void;
  more(): void;
  select(contact: ContactRecord): void;
  deselect(): void;
  edit(contact: ContactRecord): void;
  create(): void;
  pickChannel(id: string): void;
}

/** The page of Contacts, as it is drawn from its state. */
export const contactsView =
  (actions: ContactsActions, marks: Marks, salesforce: SalesforceAccess) => (state: ContactsState) => html`
  <main class="app">
    ${appHead('Contacts', state.access, channelPicker(state.channel, actions.pickChannel))}
    ${state.access.kind === 'connected' ? content(state, actions, marks) : accessView(state.access, salesforce, 'Connect to find the people you know.')}
  </main>`;

function content(state: ContactsState, actions: ContactsActions, marks: Marks) {
  const detail = state.form
    ? contactForm(state.form, actions)
    : state.selected
      ? details(state.selected, state.freshness, actions, marks)
      : undefined;
  return html`
    <div class="row fields">
      <div class="slds-form-element grow">
        <label class="slds-form-element__label" for="words">Search by name, e-mail or company</label>
        <input class="slds-input" id="words" type="search" autocomplete="off" .value=${state.words}
          @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)}
          @keydown=${goDownToList} />
      </div>
      <button class="slds-button slds-button_neutral" @click=${actions.create}>New contact</button>
    </div>
    ${
      state.failure
        ? html`
      <div class="notice bad" role="alert"><p>${state.failure}</p>
        <button class="slds-button slds-button_neutral" @click=${actions.searchAgain}>Try again</button></div>`
        : nothing
    }
    <p class="visually-hidden" role="status">${summary(state)}</p>
    ${state.done ? html`<div class="notice good" role="status"><p>${state.done}</p></div>` : nothing}
    <div class="columns ${detail ? 'with-detail' : ''}">
      <section class="slds-card" aria-label="Contacts found" aria-busy=${state.searching}>${list(state, actions, marks)}</section>
      ${detail ?? nothing}
    </div>`;
}

function summary({ searching, contacts, totalSize, words }: ContactsState): string {
  if (searching) return 'Searching';
  if (contacts.length === 0) return words ? `No contact matches ${words}` : 'No contacts';
  return contacts.length < totalSize
    ? `${contacts.length} of ${totalSize} contacts`
    : `${totalSize} ${totalSize === 1 ? 'contact' : 'contacts'}`;
}

function list(state: ContactsState, actions: ContactsActions, marks: Marks) {
  const { contacts, searching, words, selected, nextRecordsUrl, loadingMore } = state;
  if (searching && contacts.length === 0) return html`<p class="loading">Searching …</p>`;
  if (contacts.length === 0) {
    return state.failure
      ? nothing
      : html`
      <div class="empty"><h2>Nobody found</h2><p>${words ? html`No contact matches “${words}”.` : 'There are no contacts you may see.'}</p>
      ${words ? html`<button class="slds-button slds-button_neutral" @click=${() => actions.search('')}>Show all contacts</button>` : nothing}</div>`;
  }
  return html`
    <div class="count row apart quiet small">
      <span aria-hidden="true">${summary(state)}</span>
      ${state.listFreshness ? html`<freshness-line .source=${state.listFreshness}></freshness-line>` : nothing}
    </div>
    <ul class="list" id="contacts" ${oneTabStop()}>
      ${repeat(
        contacts,
        ({ Id }) => Id,
        (contact) => html`
        <li class=${marks.has(contact.Id) ? 'changed' : ''}><button class="list-item" aria-current=${contact.Id === selected?.Id} @click=${() => actions.select(contact)}>
          ${recordIcon('contact')}
          <span class="text"><strong dir="auto">${contact.Name}</strong>
            <span class="quiet small" dir="auto">${[contact.Title, contact.Account?.Name].filter(Boolean).join(' · ') || contact.Email || 'No further details'}</span></span>
        </button></li>`,
      )}
    </ul>
    ${nextRecordsUrl ? html`<div class="more"><button class="slds-button slds-button_neutral" ?disabled=${loadingMore} @click=${actions.more}>${loadingMore ? 'Loading …' : 'Load more'}</button></div>` : nothing}`;
}

function details(
  contact: ContactRecord,
  freshness: (() => Freshness) | undefined,
  actions: ContactsActions,
  marks: Marks,
) {
  const marked = (...fields: string[]): string => (fields.some((field) => marks.has(field)) ? 'changed' : '');
  const facts: [string, unknown, ...fields: string[]][] = [
    ['Company', contact.Account?.Name, 'AccountId', 'Account', 'Account.Name'],
    ['Title', contact.Title, 'Title'],
    ['Department', contact.Department, 'Department'],
    ['E-mail', contact.Email ? html`<a href="mailto:${contact.Email}">${contact.Email}</a>` : undefined, 'Email'],
    ['Phone', contact.Phone ? html`<a href="tel:${contact.Phone}">${contact.Phone}</a>` : undefined, 'Phone'],
  ];
  return html`
    <section class="slds-card" aria-label="Contact">
      <div class="card-body stack">
        <div class="row apart">
          <h2 class="row ${marked('Name')}" id="contact-name" tabindex="-1">${recordIcon('contact')} <bdi>${contact.Name}</bdi></h2>
          <div class="row">
            <button class="slds-button slds-button_neutral" @click=${() => actions.edit(contact)}>Edit</button>
            <button class="slds-button slds-button_neutral" @click=${actions.deselect}>Close</button>
          </div>
        </div>
        <dl class="facts">${facts.map(([label, value, ...fields]) => html`<div class=${marked(...fields)}><dt>${label}</dt><dd dir="auto">${value ?? html`<span class="quiet">Not set</span>`}</dd></div>`)}</dl>
        ${freshness ? html`<freshness-line class="small quiet" .source=${freshness}></freshness-line>` : nothing}
      </div>
    </section>`;
}
