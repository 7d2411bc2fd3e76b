/** The search bar as it is drawn: a combobox with the list of what was found, and the card of one of it. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CardField, SearchAction, SearchItem } from '../../src/channel/searchMessages.ts';
import { isOpenable } from '../../src/home/safeLink.ts';
import { objectIcon } from '../../src/record-view/objectIcon.ts';
import { openModal } from './openModal.ts';
import type { SearchBar, SearchState } from './searchBar.ts';

type Actions = Pick<SearchBar, 'close' | 'type' | 'toggle' | 'move' | 'choose' | 'press' | 'perform'>;

/** @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
function onKey(event: KeyboardEvent, actions: Actions): void {
  const isInput = event.target instanceof HTMLInputElement;
  const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key];
  if (isInput && step !== undefined && !event.altKey) actions.move(step);
  else if (isInput && event.key === 'Enter' && !event.isComposing) actions.press('enter');
  // By the place of the key: with Alt, a layout may make another character of it.
  else if (event.altKey && !event.ctrlKey && event.code.startsWith('Key')) {
    if (!actions.press(`Alt+${event.code.slice(3)}`)) return;
  } else return;
  event.preventDefault();
}

const optionId = (key: string): string => `found-${key}`;

/**
 * The dialog in which a person searches. A dialog tells of its end in a task of its own (HTML, `close`): by then
 * another one may have been opened, which goes on.
 */
export function searchDialog(state: SearchState, actions: Actions) {
  const { query, items, isBusy, active } = state;
  const shown = items.find(({ key }) => key === active);
  return html`
    <dialog class="search" aria-label="Search Salesforce" ${ref(openModal)} @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
      @close=${({ target }: Event) => (target as Element).isConnected && actions.close()} @click=${(event: Event) => event.target === event.currentTarget && actions.close()}>
      <div class="search-box">
        <input class="slds-input search-input" type="text" role="combobox" autocomplete="off" spellcheck="false" autofocus
          aria-label="Search Salesforce" placeholder="Accounts, contacts, opportunities, cases, tasks, Chatter"
          aria-expanded=${items.length > 0} aria-controls="found" aria-autocomplete="list"
          aria-activedescendant=${shown ? optionId(shown.key) : nothing}
          .value=${live(query)} @input=${({ target }: InputEvent) => actions.type((target as HTMLInputElement).value)} />
        <button class="slds-button slds-button_neutral" @click=${actions.close}>Close</button>
      </div>
      ${filters(state, actions)}
      <p class="visually-hidden" role="status">${said(state)}</p>
      <div class="search-found" aria-busy=${isBusy}>
        <ul class="found-list" role="listbox" id="found" aria-label=${query.trim() === '' ? 'Viewed recently' : 'Found'}>
          ${repeat(
            items,
            ({ key }) => key,
            (item) => option(item, item === shown, actions),
          )}
        </ul>
        ${items.length === 0 ? html`<p class="found-none quiet">${said(state)}</p>` : nothing}
        ${shown && shown.kind === 'record' ? card(shown, actions) : nothing}
      </div>
      <p class="search-help small quiet"><kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> open · <kbd>Tab</kbd> more actions · <kbd>Esc</kbd> close</p>
    </dialog>`;
}

/** What a screen reader tells of the list, and what stands where it would be while it is empty. */
function said({ query, answered, isBusy, items }: SearchState): string {
  if (isBusy || answered !== query) return 'Searching …';
  const [first] = items;
  if (first && first.kind !== 'record') return `${first.title}. ${first.subtitle ?? ''}`;
  if (query.trim() === '') return items.length > 0 ? `${items.length} viewed recently` : 'Type what you look for.';
  if ([...query.trim()].length < 2) return 'Type one more character.';
  return items.length > 0 ? `${items.length} found` : `Salesforce knows nothing for “${query.trim()}”.`;
}

function filters({ objects, only }: SearchState, { toggle }: Actions) {
  if (objects.length < 2) return nothing;
  return html`<div class="search-filters" role="group" aria-label="Search only">
    ${objects.map(
      (label) =>
        html`<button class="slds-button slds-button_neutral filter" aria-pressed=${only?.includes(label) ?? false} @click=${() => toggle(label)}>${label}</button>`,
    )}
  </div>`;
}

function option(item: SearchItem, isActive: boolean, actions: Actions) {
  const { key, title, subtitle, label, type = '' } = item;
  return html`
    <li class="found-item ${item.kind}" role="option" id=${optionId(key)} aria-selected=${isActive} ${isActive ? ref(intoView) : nothing}
      @pointermove=${() => !isActive && actions.choose(key)}
      @click=${() => {
        actions.choose(key);
        actions.press('enter');
      }}>
      ${item.kind === 'record' ? objectIcon(type) : nothing}
      <span class="text"><strong dir="auto">${title}</strong>
        <span class="small quiet">${[label, subtitle].filter(Boolean).join(' · ')}</span></span>
      ${item.kind === 'record' ? nothing : html`<span class="found-way">${item.actions[0]?.name}</span>`}
    </li>`;
}

function intoView(element?: Element): void {
  element?.scrollIntoView?.({ block: 'nearest' });
}

function card({ title, subtitle, label, initials, fields, actions: offered }: SearchItem, actions: Actions) {
  return html`
    <section class="found-card" aria-label=${`${label ?? 'Record'}: ${title}`}>
      <div class="found-head">
        ${initials ? html`<span class="initials" aria-hidden="true">${initials}</span>` : nothing}
        <div><h2 dir="auto">${title}</h2>${subtitle ? html`<p class="quiet" dir="auto">${subtitle}</p>` : nothing}</div>
      </div>
      <div class="found-actions">
        ${offered.map((action) => actionButton(action, actions))}
      </div>
      <dl>${fields.map(fieldRow)}</dl>
    </section>`;
}

const actionButton = (action: SearchAction, { perform }: Actions) => html`
  <button class="slds-button ${action.hotkey === 'enter' ? 'slds-button_brand' : 'slds-button_neutral'}" @click=${() => perform(action)}>
    ${action.name}${action.hotkey === undefined || action.hotkey === 'enter' ? nothing : html` <kbd>${action.hotkey}</kbd>`}
  </button>`;

const fieldRow = ({ label, value, form, url }: CardField) => html`
  <div class=${form}>
    <dt>${label}</dt>
    <dd dir="auto">${url !== undefined && isOpenable(url) ? html`<a href=${url} target="_blank" rel="noopener">${value}</a>` : value}</dd>
  </div>`;
