import { html, nothing, type TemplateResult } from 'lit';
import type { FieldValue } from './fieldValue.ts';
import { objectIcon } from './objectIcon.ts';
import type { PageField, RecordPage } from './recordPage.ts';
import { recordHash } from './recordHash.ts';
import type { RelatedList, RelatedRow } from './relatedLists.ts';

/** What is known of the related lists by now. */
export type RelatedState = { kind: 'loading' } | { kind: 'loaded'; lists: RelatedList[] } | { kind: 'failed'; message: string };

export interface RecordActions {
  refresh(): void;
}

function valueTemplate(value: FieldValue): TemplateResult {
  switch (value.kind) {
    case 'empty':
      return html`<span class="quiet" aria-label="empty">–</span>`;
    case 'text':
      return html`${value.text}`;
    case 'flag':
      return html`${value.isSet ? 'Yes' : 'No'}`;
    case 'link':
      return value.opensElsewhere
        ? html`<a href=${value.href} target="_blank" rel="noopener noreferrer">${value.text}</a>`
        : html`<a href=${value.href}>${value.text}</a>`;
    case 'record':
      return html`<a href=${recordHash(value.type, value.id)}>${value.text}</a>`;
  }
}

function fieldTemplate({ label, values }: PageField): TemplateResult {
  const shown = values.length === 0 ? [{ kind: 'empty' } as const] : values;
  return html`<div>
    <dt>${label}</dt>
    <dd>${shown.map((value, index) => html`${index > 0 ? ', ' : ''}${valueTemplate(value)}`)}</dd>
  </div>`;
}

function rowTemplate({ type, id, title, facts }: RelatedRow): TemplateResult {
  return html`<li>
    <a href=${recordHash(type, id)}>
      <strong>${title}</strong>
      <div class="quiet small">${facts.map((fact) => html`<span class="fact">${fact}</span>`)}</div>
    </a>
  </li>`;
}

function listTemplate({ label, type, count, rows }: RelatedList): TemplateResult {
  const hidden = count - rows.length;
  return html`<section class="slds-card related" aria-label="${label}, ${count}">
    <h2 class="related-title">${objectIcon(type)}<span>${label} (${count})</span></h2>
    ${rows.length > 0 ? html`<ul class="list">${rows.map(rowTemplate)}</ul>` : html`<p class="none quiet small">None yet</p>`}
    ${hidden > 0 ? html`<p class="more quiet small">and ${hidden} more in Salesforce</p>` : nothing}
  </section>`;
}

function relatedTemplate(related: RelatedState): TemplateResult {
  if (related.kind === 'loading') return html`<div class="slds-card"><p class="loading">Loading related records</p></div>`;
  if (related.kind === 'failed') return html`<div class="notice warn"><p>Related records could not be loaded. ${related.message}</p></div>`;
  return html`${related.lists.map(listTemplate)}`;
}

/** A record with its fields, as the org lays them out, and what hangs on it. */
export function recordTemplate(page: RecordPage, related: RelatedState, actions: RecordActions): TemplateResult {
  const hasRelated = related.kind !== 'loaded' || related.lists.length > 0;
  return html`<main class="app">
    <header class="slds-card record-head">
      ${objectIcon(page.type)}
      <div class="names">
        <p class="quiet small">${page.objectLabel}</p>
        <h1 tabindex="-1" id="heading">${page.name}</h1>
      </div>
      <div class="row actions">
        <button class="slds-button slds-button_neutral" @click=${actions.refresh}>Refresh</button>
        <a class="slds-button slds-button_brand" href=${page.link} target="_blank" rel="noopener noreferrer">Open in Salesforce</a>
      </div>
    </header>
    <div class=${hasRelated ? 'record-body' : ''}>
      <div class="slds-card card-body">
        ${page.sections.map(({ heading, fields }) => html`<section class="section">
          ${heading ? html`<h2>${heading}</h2>` : nothing}
          <dl class="field-grid">${fields.map(fieldTemplate)}</dl>
        </section>`)}
      </div>
      ${hasRelated ? html`<div>${relatedTemplate(related)}</div>` : nothing}
    </div>
  </main>`;
}
