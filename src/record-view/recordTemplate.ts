import type { OpensOn } from '../channel/protocol.ts';
import { html, nothing, type TemplateResult } from 'lit';
import type { LogState } from './activityLog.ts';
import { contactTemplate, type ContactActions } from './contactTemplate.ts';
import { editTemplate, type EditActions } from './editTemplate.ts';
import type { EditState } from './editState.ts';
import type { FieldValue } from './fieldValue.ts';
import type { Freshness } from '../live-view/liveView.ts';
import { objectIcon } from './objectIcon.ts';
import { fieldKey, type PageField, type PageSection, type RecordPage } from './recordPage.ts';
import { recordHash } from './recordHash.ts';
import type { RelatedList, RelatedRow } from './relatedLists.ts';

/** State of the related lists. */
export type RelatedState =
  { kind: 'loading' } | { kind: 'loaded'; lists: RelatedList[] } | { kind: 'failed'; message: string };

export interface RecordScreen {
  page: RecordPage;
  related: RelatedState;
  showsEmpty: boolean;
  /** Whether this has changed a moment ago: `name`, a field by its key, a related record by its id. */
  isMarked: (key: string) => boolean;
  freshness: () => Freshness;
  /** What of it is shown first. */
  opensOn?: OpensOn | undefined;
  /** The log of a call or an e-mail, where it is shown for one. */
  log: LogState;
  /** In the place of the fields, while the person edits them. */
  edit?: EditState | undefined;
  /** What was done a moment ago. */
  done?: string | undefined;
  /** What the person has chosen this record for before. */
  chosenFor?: string | undefined;
}

export interface RecordActions extends EditActions, ContactActions {
  refresh(): void;
  edit(): void;
  /** The record that was chosen before is not meant. */
  chooseAgain(): void;
  /** Shows or hides the fields without a value. */
  toggleEmpty(): void;
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

const isEmpty = ({ values }: PageField): boolean => values.every(({ kind }) => kind === 'empty');

function sectionTemplate(
  { heading, fields }: PageSection,
  showsEmpty: boolean,
  isMarked: RecordScreen['isMarked'],
): TemplateResult | typeof nothing {
  const shown = showsEmpty ? fields : fields.filter((field) => !isEmpty(field));
  if (shown.length === 0) return nothing;
  return html`<section class="section">
    ${heading ? html`<h2>${heading}</h2>` : nothing}
    <dl class="field-grid">${shown.map((field) => fieldTemplate(field, isMarked(fieldKey(heading, field))))}</dl>
  </section>`;
}

function emptyToggle(
  sections: PageSection[],
  showsEmpty: boolean,
  toggle: () => void,
): TemplateResult | typeof nothing {
  const count = sections.flatMap(({ fields }) => fields.filter(isEmpty)).length;
  if (count === 0) return nothing;
  return html`<button class="slds-button empty-toggle" aria-expanded=${showsEmpty} @click=${toggle}>
    ${showsEmpty ? 'Hide empty fields' : `Show ${count} empty ${count === 1 ? 'field' : 'fields'}`}</button>`;
}

function fieldTemplate({ label, values }: PageField, isMarked: boolean): TemplateResult {
  const shown = values.length === 0 ? [{ kind: 'empty' } as const] : values;
  return html`<div class=${isMarked ? 'changed' : ''}>
    <dt>${label}</dt>
    <dd>${shown.map((value, index) => html`${index > 0 ? ', ' : ''}${valueTemplate(value)}`)}</dd>
  </div>`;
}

function rowTemplate({ type, id, title, facts }: RelatedRow, isMarked: boolean): TemplateResult {
  return html`<li class=${isMarked ? 'changed' : ''}>
    <a href=${recordHash(type, id)}>
      <strong>${title}</strong>
      <div class="quiet small facts-line">${facts.map((fact) => html`<span class="fact">${fact}</span>`)}</div>
    </a>
  </li>`;
}

function listTemplate(
  { label, type, count, rows, link }: RelatedList,
  isMarked: RecordScreen['isMarked'],
): TemplateResult {
  const hidden = count - rows.length;
  return html`<section class="slds-card related-card" aria-label="${label}, ${count}">
    <h2 class="related-title">${objectIcon(type)}<span>${label} (${count})</span></h2>
    ${rows.length > 0 ? html`<ul class="list">${rows.map((row) => rowTemplate(row, isMarked(row.id)))}</ul>` : html`<p class="rest quiet small">None yet</p>`}
    ${hidden > 0 ? html`<p class="rest small"><a href=${link} target="_blank" rel="noopener noreferrer">${hidden} more in Salesforce</a></p>` : nothing}
  </section>`;
}

function relatedTemplate(related: RelatedState, isMarked: RecordScreen['isMarked']): TemplateResult {
  if (related.kind === 'loading')
    return html`<div class="slds-card"><p class="loading">Loading related records</p></div>`;
  if (related.kind === 'failed')
    return html`<div class="notice warn"><p>Related records could not be loaded. ${related.message}</p></div>`;
  return html`${related.lists.map((list) => listTemplate(list, isMarked))}`;
}

/** E, or Enter on the heading, begins to edit, where the focus is on the record: no letter typed elsewhere does. */
function editByKey(event: KeyboardEvent, actions: RecordActions): void {
  const onHeading = (event.target as HTMLElement).id === 'heading';
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!isPlain || !(event.key === 'e' || (event.key === 'Enter' && onHeading))) return;
  event.preventDefault();
  actions.edit();
}

function headTemplate(screen: RecordScreen, actions: RecordActions): TemplateResult {
  const { page, isMarked, freshness, edit } = screen;
  const onKey = (event: KeyboardEvent): void => editByKey(event, actions);
  const canEdit = page.isEditable && edit === undefined;
  return html`<header class="slds-card record-head">
    ${objectIcon(page.type)}
    <div class="names">
      <p class="quiet small">${page.objectLabel}</p>
      <h1 tabindex="-1" id="heading" class=${isMarked('name') ? 'changed' : ''} @keydown=${canEdit ? onKey : nothing}>${page.name}</h1>
      <freshness-line class="small quiet" .source=${freshness}></freshness-line>
    </div>
    <div class="row actions">
      ${canEdit ? html`<button class="slds-button slds-button_neutral" id="edit" aria-keyshortcuts="e" @click=${actions.edit}>Edit</button>` : nothing}
      ${edit === undefined ? html`<button class="slds-button slds-button_neutral" @click=${actions.refresh}>Refresh</button>` : nothing}
      <a class="slds-button slds-button_brand" href=${page.link} target="_blank" rel="noopener noreferrer">Open in Salesforce</a>
    </div>
  </header>`;
}

function fieldsTemplate(screen: RecordScreen, actions: RecordActions): TemplateResult {
  const { page, showsEmpty, isMarked } = screen;
  const onKey = (event: KeyboardEvent): void => editByKey(event, actions);
  return html`<div class="slds-card card-body" @keydown=${page.isEditable ? onKey : nothing}>
    ${page.sections.map((section) => sectionTemplate(section, showsEmpty, isMarked))}
    ${emptyToggle(page.sections, showsEmpty, actions.toggleEmpty)}
  </div>`;
}

/** Shows a record with its fields, in the org's layout, or the form for them, and its related lists. */
export function recordTemplate(screen: RecordScreen, actions: RecordActions): TemplateResult {
  const { page, related, isMarked, edit, done, chosenFor, opensOn } = screen;
  const hasRelated = related.kind !== 'loaded' || related.lists.length > 0;
  const fields =
    edit === undefined
      ? fieldsTemplate(screen, actions)
      : html`<div class="slds-card">${editTemplate(edit, page.name, actions)}</div>`;
  const lists = hasRelated ? html`<div>${relatedTemplate(related, isMarked)}</div>` : nothing;
  const isRelatedFirst = hasRelated && (opensOn?.kind === 'activities' || opensOn?.kind === 'list');
  return html`<main class="app">
    ${headTemplate(screen, actions)}
    ${
      chosenFor === undefined || edit !== undefined
        ? nothing
        : html`<div class="notice chosen-before"><p>You have chosen this record before${chosenFor === '' ? nothing : html` for <bdi>“${chosenFor}”</bdi>`}.</p>
          <button class="slds-button slds-button_neutral" id="choose-again" @click=${actions.chooseAgain}>Choose again</button></div>`
    }
    ${done === undefined ? nothing : html`<div class="notice good"><p>${done}</p></div>`}
    ${contactTemplate(page, opensOn, screen.log, actions)}
    <div class="${hasRelated ? 'record-body' : ''} ${isRelatedFirst ? 'related-first' : ''}">
      ${isRelatedFirst ? [lists, fields] : [fields, lists]}
    </div>
  </main>`;
}
