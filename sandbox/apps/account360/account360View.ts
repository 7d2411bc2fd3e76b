/** What the Account 360 app shows. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { accessView, appHead } from '../accessView.ts';
import { channelPicker, type ChannelChoice } from '../channelPicker.ts';
import { goDownToList, oneTabStop } from '../oneTabStop.ts';
import { recordIcon } from '../recordIcon.ts';
import type { Access, SalesforceAccess } from '../salesforceAccess.ts';
import type { ChangeMarks } from '../../../src/live-view/changeMarks.ts';
import type { Freshness } from '../../../src/live-view/liveView.ts';
import { formatAmount, type Account360, type AccountRow, type RelatedList } from './accountRecords.ts';

type Marks = Pick<ChangeMarks, 'has'>;

export interface Account360State {
  access: Access;
  channel?: ChannelChoice;
  words: string;
  searching: boolean;
  accounts: AccountRow[];
  /** The accounts are the first of more. */
  hasMore: boolean;
  /** The account being looked at: loading, shown, or failed. */
  opened?:
    | {
        id: string;
        loading: boolean;
        shown?: Account360 | undefined;
        failure?: string | undefined;
        freshness?: (() => Freshness) | undefined;
      }
    | undefined;
  failure?: string | undefined;
  /** Sentence shown when a shared context has changed what is shown, or could not. */
  followed?: string | undefined;
}

export interface Account360Actions {
  search(words: string): void;
  searchAgain(): void;
  open(id: string): void;
  reopen(): void;
  close(): void;
  shareContact(contact: { id: string; name: string; email?: string }): void;
  pickChannel(id: string): void;
}

/** The page of Account 360, as it is drawn from its state. */
export const account360View =
  (actions: Account360Actions, marks: Marks, salesforce: SalesforceAccess) => (state: Account360State) => html`
  <main class="app">
    ${appHead('Account 360', state.access, channelPicker(state.channel, actions.pickChannel))}
    ${state.access.kind === 'connected' ? content(state, actions, marks) : accessView(state.access, salesforce, 'Connect to see a company with everything around it.')}
  </main>`;

function content(state: Account360State, actions: Account360Actions, marks: Marks) {
  return html`
    ${state.followed ? html`<div class="notice" role="status"><p>${state.followed}</p></div>` : nothing}
    ${state.opened ? opened(state.opened, actions, marks) : search(state, actions)}`;
}

function search(state: Account360State, actions: Account360Actions) {
  return html`
    <div class="slds-form-element">
      <label class="slds-form-element__label" for="words">Search accounts by name</label>
      <input class="slds-input" id="words" type="search" autocomplete="off" .value=${state.words}
        @input=${(event: Event) => actions.search((event.target as HTMLInputElement).value)} @keydown=${goDownToList} />
    </div>
    ${
      state.failure
        ? html`
      <div class="notice bad" role="alert"><p>${state.failure}</p><button class="slds-button slds-button_neutral" @click=${actions.searchAgain}>Try again</button></div>`
        : nothing
    }
    <p class="visually-hidden" role="status">${state.searching ? 'Searching' : count(state)}</p>
    <section class="slds-card" aria-label="Accounts found" aria-busy=${state.searching}>${results(state, actions)}</section>`;
}

const count = ({ accounts, hasMore }: Account360State): string =>
  hasMore
    ? `The first ${accounts.length} accounts. Search for others by name.`
    : `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;

function results(state: Account360State, actions: Account360Actions) {
  const { accounts, searching, words, failure } = state;
  if (searching && accounts.length === 0) return html`<p class="loading">Searching …</p>`;
  if (accounts.length === 0) {
    return failure
      ? nothing
      : html`
      <div class="empty"><h2>No account found</h2><p>${words ? html`No account matches “${words}”.` : 'There are no accounts you may see.'}</p>
      ${words ? html`<button class="slds-button slds-button_neutral" @click=${() => actions.search('')}>Show all accounts</button>` : nothing}</div>`;
  }
  return html`
    <p class="count quiet small" aria-hidden="true">${count(state)}</p>
    <ul class="list" ${oneTabStop()}>
      ${repeat(
        accounts,
        ({ Id }) => Id,
        (account) => html`
        <li><button class="list-item" @click=${() => actions.open(account.Id)}>
          ${recordIcon('account')}
          <span class="text"><strong dir="auto">${account.Name}</strong>
            <span class="quiet small" dir="auto">${[account.Industry, account.BillingCity, account.BillingCountry].filter(Boolean).join(' · ') || 'No further details'}</span></span>
        </button></li>`,
      )}
    </ul>`;
}

function opened(
  { loading, shown, failure, freshness }: NonNullable<Account360State['opened']>,
  actions: Account360Actions,
  marks: Marks,
) {
  return html`
    <div class="row apart">
      <button class="slds-button slds-button_neutral" @click=${actions.close}>All accounts</button>
      ${freshness ? html`<freshness-line class="small quiet" .source=${freshness}></freshness-line>` : nothing}
    </div>
    ${
      failure
        ? html`
      <div class="notice bad" role="alert"><p>${failure}</p><button class="slds-button slds-button_neutral" @click=${actions.reopen}>Try again</button></div>`
        : nothing
    }
    ${loading && !shown ? html`<p class="loading" role="status">Reading the account …</p>` : nothing}
    ${shown ? account(shown, actions, marks) : nothing}`;
}

function account({ account, lists }: Account360, actions: Account360Actions, marks: Marks) {
  const place = [account.BillingCity, account.BillingCountry].filter(Boolean).join(', ');
  const website =
    account.Website && /^https?:\/\//.test(account.Website)
      ? account.Website
      : account.Website && `https://${account.Website}`;
  const facts: [string, unknown, ...fields: string[]][] = [
    ['Industry', account.Industry, 'Industry'],
    ['Type', account.Type, 'Type'],
    ['Location', place, 'BillingCity', 'BillingCountry'],
    ['Phone', account.Phone ? html`<a href="tel:${account.Phone}">${account.Phone}</a>` : undefined, 'Phone'],
    [
      'Website',
      website ? html`<a href=${website} target="_blank" rel="noopener noreferrer">${account.Website}</a>` : undefined,
      'Website',
    ],
    [
      'Annual revenue',
      account.AnnualRevenue === null ? undefined : formatAmount(account.AnnualRevenue),
      'AnnualRevenue',
    ],
    ['Employees', account.NumberOfEmployees?.toLocaleString('en-US'), 'NumberOfEmployees'],
    ['Owner', account.Owner?.Name, 'Owner', 'Owner.Name'],
  ];
  const marked = (...fields: string[]): string => (fields.some((field) => marks.has(field)) ? 'changed' : '');
  return html`
    <section class="slds-card" aria-label="Account">
      <div class="card-body stack">
        <h2 class="row ${marked('Name')}" id="account-name" tabindex="-1">${recordIcon('account')} <bdi>${account.Name}</bdi></h2>
        ${account.Description ? html`<p dir="auto" class=${marked('Description')}>${account.Description}</p>` : nothing}
        <dl class="facts">${facts.map(([label, value, ...fields]) => html`<div class=${marked(...fields)}><dt>${label}</dt><dd dir="auto">${value || html`<span class="quiet">Not set</span>`}</dd></div>`)}</dl>
      </div>
    </section>
    <div class="related">${lists.map((list) => related(list, actions, marks))}</div>`;
}

function related({ title, kind, rows, hasMore, failure }: RelatedList, actions: Account360Actions, marks: Marks) {
  return html`
    <section class="slds-card" aria-label=${title}>
      <h3 class="card-title">${title} <span class="slds-badge">${failure ? '–' : `${rows.length}${hasMore ? '+' : ''}`}</span></h3>
      ${
        failure
          ? html`<p class="card-body">${failure}</p>`
          : rows.length === 0
            ? html`<p class="card-body quiet">None</p>`
            : html`
        <ul class="list related-list" ${oneTabStop()}>
          ${rows.map(
            ({ id, title, details, contact }) => html`
            <li class=${marks.has(id) ? 'changed' : ''}>${
              contact
                ? html`<button class="list-item" @click=${() => actions.shareContact({ id, ...contact })}>${line(kind, title, details)}<span class="visually-hidden">Share with the other apps</span></button>`
                : html`<div class="list-item still">${line(kind, title, details)}</div>`
            }</li>`,
          )}
        </ul>`
      }
    </section>`;
}

const line = (kind: RelatedList['kind'], title: string, details: string) => html`
  ${recordIcon(kind)}<span class="text"><strong dir="auto">${title}</strong><span class="quiet small" dir="auto">${details}</span></span>`;
