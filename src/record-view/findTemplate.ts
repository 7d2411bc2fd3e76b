import { html, nothing, type TemplateResult } from 'lit';
import type { FindState, FoundCandidate } from './findState.ts';
import { newRecordTemplate, type NewRecordActions } from './newRecordTemplate.ts';
import { objectIcon } from './objectIcon.ts';

export interface FindActions extends NewRecordActions {
  choose(type: string, id: string): void;
  /** Called as the person types. `isFinal`: they have pressed Enter. */
  search(term: string, isFinal: boolean): void;
  openForm(): void;
  /** Nothing is to be written; asks first when something was typed. */
  cancelFind(): void;
}

const nouns: Readonly<Record<string, { one: string; many: string }>> = {
  Contact: { one: 'contact', many: 'contacts' },
  Account: { one: 'account', many: 'accounts' },
};
const nounsOf = (type: string): { one: string; many: string } => nouns[type] ?? { one: 'record', many: 'records' };

function evidenceTemplate({ agrees = [], differs = [] }: FoundCandidate): TemplateResult | typeof nothing {
  if (agrees.length === 0 && differs.length === 0) return nothing;
  return html`<span class="evidence">
    ${agrees.map((text) => html`<span class="agrees"><span aria-hidden="true">✓</span><span class="visually-hidden">agrees:</span> <bdi>${text}</bdi></span>`)}
    ${differs.map((text) => html`<span class="differs"><span aria-hidden="true">≠</span><span class="visually-hidden">differs:</span> <bdi>${text}</bdi></span>`)}
  </span>`;
}

function candidateTemplate(record: FoundCandidate, actions: FindActions): TemplateResult {
  return html`<li>
    <button class="list-item candidate" @click=${() => actions.choose(record.type, record.id)}>
      ${objectIcon(record.type)}
      <span class="text">
        <strong>${record.name}</strong>
        <span class="facts-line">${record.details.map(
          ({ label, value }) => html`<span class="fact"><span class="visually-hidden">${label}: </span>${value}</span>`,
        )}</span>
        ${evidenceTemplate(record)}
      </span>
    </button>
  </li>`;
}

/** Moves the focus through the list by arrow keys; Enter then presses the focused button. */
export function moveAmongCandidates(event: KeyboardEvent): void {
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  const root = (event.currentTarget as HTMLElement).closest('.find');
  if (step === undefined || root === null) return;
  const isTyping = event.target instanceof HTMLInputElement;
  if (isTyping && event.key !== 'ArrowDown') return;
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('.candidate')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  event.preventDefault();
  if (at === 0 && event.key === 'ArrowUp') root.querySelector<HTMLInputElement>('#search')?.focus();
  else buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}

function listTemplate(records: readonly FoundCandidate[], label: string, actions: FindActions): TemplateResult {
  return html`<ul class="list" aria-label=${label} @keydown=${moveAmongCandidates}>
    ${records.map((record) => candidateTemplate(record, actions))}
  </ul>`;
}

function resultsTemplate(
  { search, type, candidates, query }: FindState,
  actions: FindActions,
): TemplateResult | typeof nothing {
  const { many } = nounsOf(type);
  switch (search.kind) {
    case 'idle':
      return candidates.length > 0 ? listTemplate(candidates, `${many} like ${query}`, actions) : nothing;
    case 'searching':
      return html`<p class="loading">Searching for “${search.term}”</p>`;
    case 'failed':
      return html`<div class="card-body"><div class="notice bad"><p>${search.message}</p></div></div>`;
    case 'found':
      return search.records.length > 0
        ? listTemplate(search.records, `${many} found for ${search.term}`, actions)
        : html`<p class="card-body quiet">Salesforce knows no ${many} for “${search.term}”.</p>`;
  }
}

function headingOf({ type, query, candidates }: FindState): string {
  const { one } = nounsOf(type);
  if (candidates.length === 1) return `Is this the ${one} you mean?`;
  if (candidates.length > 1) return `Which ${one} do you mean?`;
  return query === '' ? `Find a ${one}` : `No ${one} matches “${query}”`;
}

function notesTemplate({ hasMore, notFound, candidates, type }: FindState): TemplateResult | typeof nothing {
  if (candidates.length === 0 || (!hasMore && notFound.length === 0)) return nothing;
  const { many } = nounsOf(type);
  return html`<div class="card-body quiet">
    ${hasMore ? html`<p>There are more ${many} like this in Salesforce than are shown: search for others above.</p>` : nothing}
    ${
      notFound.length > 0
        ? html`<details><summary>${notFound.length === 1 ? 'One is' : `${notFound.length} are`} not in Salesforce</summary>
          <ul>${notFound.map((name) => html`<li><bdi>${name || 'without a name'}</bdi></li>`)}</ul></details>`
        : nothing
    }
  </div>`;
}

/** Shows several candidates to choose from, or none; a search for others; and a form for a new record. */
export function findTemplate(state: FindState, actions: FindActions): TemplateResult {
  const { one, many } = nounsOf(state.type);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement).get('search');
    actions.search(typeof data === 'string' ? data : '', true);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!state.isWriting || event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    actions.cancelFind();
  };
  return html`<main class="app find" @keydown=${onKey}>
    <header class="app-head"><h1 tabindex="-1" id="heading">${headingOf(state)}</h1>
      ${state.candidates.length > 0 && state.query !== '' ? html`<p class="quiet">Asked for: ${state.query}</p>` : nothing}</header>
    ${state.problem === undefined ? nothing : html`<div class="notice bad" role="alert"><p>${state.problem}</p></div>`}
    ${state.says === undefined ? nothing : html`<div class="notice" role="status"><p>${state.says}</p></div>`}
    <section class="slds-card" aria-label="Search">
      <form class="card-body" role="search" @submit=${submit}>
        <label class="slds-form-element__label" for="search">Search ${many} in Salesforce</label>
        <div class="row">
          <input class="slds-input grow" id="search" name="search" type="search" autocomplete="off" .defaultValue=${state.candidates.length === 0 ? state.query : ''}
            @input=${(event: InputEvent) => actions.search((event.currentTarget as HTMLInputElement).value, false)}
            @keydown=${moveAmongCandidates} />
          <button class="slds-button slds-button_neutral">Search</button>
        </div>
      </form>
      ${resultsTemplate(state, actions)}
      ${state.search.kind === 'idle' ? notesTemplate(state) : nothing}
    </section>
    ${
      state.form.kind === 'closed'
        ? html`<div class="row"><span class="quiet">Not in Salesforce yet?</span>
          <button class="slds-button slds-button_neutral" id="new-record" @click=${actions.openForm}>New ${one}</button></div>`
        : newRecordTemplate(state.form, actions)
    }
    ${
      state.isWriting
        ? html`<div class="row"><button class="slds-button slds-button_neutral" @click=${actions.cancelFind}>Write nothing</button></div>`
        : nothing
    }
  </main>`;
}
