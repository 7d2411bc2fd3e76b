import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ActivityToWrite } from '../channel/protocol.ts';
import type { SaveErrors } from '../record-edit/saveErrors.ts';
import { kindsFor, type ActivityForm } from './activityForm.ts';
import { linksOf } from './activityLinks.ts';
import type { FormField, FormValues } from './formFields.ts';
import { fieldTemplate, readInput } from './formTemplate.ts';

/** A task or event before it is written, as the person has it before them. */
export interface ActivityState {
  activity: ActivityToWrite;
  /** Which of the kinds it is written as. */
  kind: number;
  form: { kind: 'loading' } | { kind: 'unavailable'; message: string } | { kind: 'open'; form: ActivityForm };
  values: FormValues;
  /** For each of the people the id of the record that they are; empty for none. */
  chosen: readonly string[];
  /** The account that the person has chosen; undefined where they have not, empty for none. */
  what: string | undefined;
  errors: SaveErrors;
  isSaving: boolean;
}

export interface ActivityActions {
  chooseKind(kind: number): void;
  typeInto(field: FormField, value: string | boolean): void;
  choosePerson(at: number, id: string): void;
  chooseAccount(id: string): void;
  save(): void;
  cancel(): void;
  reload(): void;
}

const objectNames = { Task: 'task', Event: 'event' } as const;

/** Lookups are chosen in selects here: none of the fields is one. */
const nothingDone = (): undefined => undefined;
const noLookups = { lookUp: nothingDone, pick: nothingDone, point: nothingDone, closeList: nothingDone };

/** Where the form is drawn: what begins the ids of its elements, and the id of its title. */
interface Place {
  prefix: string;
  title: string;
}

function kindTemplate({ activity, kind }: ActivityState, actions: ActivityActions, { prefix }: Place): TemplateResult {
  const choose = (event: Event): void => actions.chooseKind(Number((event.target as HTMLSelectElement).value));
  return html`<div><label class="slds-form-element__label" for="${prefix}kind">Type</label>
    <select class="slds-select" id="${prefix}kind" @change=${choose}>
      ${kindsFor(activity).map(
        ({ interactionType, object }, at) =>
          html`<option value=${at} ?selected=${at === kind}>${interactionType} (${objectNames[object]})</option>`,
      )}
    </select></div>`;
}

type Person = ActivityToWrite['people'][number];

const detailsOf = ({ type, details }: Person['found'][number]): string =>
  [...details.slice(0, 2).map(({ value }) => value), type].join(' · ');

interface Marks {
  id: string;
  error: string | undefined;
}

const helpTemplate = ({ id, error }: Marks): TemplateResult | typeof nothing =>
  error === undefined ? nothing : html`<div class="slds-form-element__help" id="error-${id}">${error}</div>`;

function personTemplate(
  [person, at]: readonly [Person, number],
  { chosen, errors }: ActivityState,
  actions: ActivityActions,
  { prefix }: Place,
) {
  const id = `${prefix}person-${at}`;
  const isPrimary = chosen.findIndex((one) => one !== '') === at;
  const marks = { id, error: isPrimary ? errors.fields['WhoId'] : undefined };
  const select = (event: Event): void => actions.choosePerson(at, (event.target as HTMLSelectElement).value);
  return html`<div class=${marks.error === undefined ? '' : 'slds-has-error'}>
    <label class="slds-form-element__label" for=${id}><bdi>${person.name}</bdi></label>
    <select class="slds-select" id=${id} @change=${select} aria-invalid=${marks.error !== undefined}
      aria-describedby=${marks.error === undefined ? nothing : `error-${id}`}>
      <option value="">${person.isSure ? 'Not linked' : 'Not linked: choose who it is'}</option>
      ${person.found.map(
        (one) =>
          html`<option value=${one.id} ?selected=${one.id === chosen[at]}>${one.name} · ${detailsOf(one)}</option>`,
      )}
    </select>${helpTemplate(marks)}
  </div>`;
}

function peopleTemplate(
  state: ActivityState,
  form: ActivityForm,
  actions: ActivityActions,
  place: Place,
): TemplateResult {
  const { activity, chosen, what, errors } = state;
  const { people } = activity;
  const unknown = people.filter(({ found }) => found.length === 0).map(({ name }) => name);
  const links = linksOf(people, chosen, what, form.canLinkSeveral);
  const account = { id: `${place.prefix}what`, error: errors.fields['WhatId'] };
  const select = (event: Event): void => actions.chooseAccount((event.target as HTMLSelectElement).value);
  return html`<fieldset class="plain section"><legend><h2>With</h2></legend>
    ${people.length === 0 ? html`<p class="quiet">Nobody was named.</p>` : nothing}
    <div class="form-grid">
      ${people.map((person, at) => (person.found.length === 0 ? nothing : personTemplate([person, at], state, actions, place)))}
      ${
        links.accounts.length === 0
          ? nothing
          : html`<div class=${account.error === undefined ? '' : 'slds-has-error'}>
        <label class="slds-form-element__label" for=${account.id}>Related to</label>
        <select class="slds-select" id=${account.id} @change=${select} aria-invalid=${account.error !== undefined}
          aria-describedby=${account.error === undefined ? nothing : `error-${account.id}`}>
          <option value="">Nothing</option>
          ${links.accounts.map(({ id, name }) => html`<option value=${id} ?selected=${id === links.whatId}>${name}</option>`)}
        </select>${helpTemplate(account)}</div>`
      }
    </div>
    ${
      unknown.length === 0
        ? nothing
        : html`<p class="small">Not in Salesforce, and named in the comments: <bdi>${unknown.join(', ')}</bdi>.</p>`
    }
    ${
      links.named.length === 0
        ? nothing
        : html`<p class="small">${links.because} These are named in the comments: <bdi>${links.named.join(', ')}</bdi>.</p>`
    }
  </fieldset>`;
}

function problemsTemplate({ errors }: ActivityState, { prefix }: Place): TemplateResult | typeof nothing {
  const wrong = Object.keys(errors.fields).length;
  const count = wrong === 0 ? '' : `${wrong === 1 ? 'One field needs' : `${wrong} fields need`} your attention.`;
  const said = [...errors.general, count].filter((text) => text !== '').join(' ');
  if (said === '') return nothing;
  return html`<div class="notice bad" role="alert" tabindex="-1" id="${prefix}problems"><p>${said}</p></div>`;
}

function formTemplate(
  state: ActivityState,
  form: ActivityForm,
  actions: ActivityActions,
  place: Place,
): TemplateResult {
  const { values, errors, isSaving } = state;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    actions.save();
  };
  const input = (event: Event): void => {
    const { name } = event.target as HTMLInputElement;
    const field = form.fields.find((one) => one.name === name);
    const value = field && readInput(event.currentTarget as HTMLFormElement, field);
    if (field && value !== undefined) actions.typeInto(field, value);
  };
  const drawn = { values, errors, lookups: {}, prefix: place.prefix };
  return html`<form class="slds-card edit" novalidate aria-labelledby=${place.title} @submit=${submit} @input=${input}>
    <div class="card-body stack">
      ${problemsTemplate(state, place)}
      <div class="form-grid">
        ${kindTemplate(state, actions, place)}
        ${repeat(
          form.fields,
          ({ name }) => `${form.object}.${name}`,
          (field) => fieldTemplate(field, drawn, noLookups),
        )}
      </div>
      ${peopleTemplate(state, form, actions, place)}
    </div>
    <div class="edit-foot row">
      <button class="slds-button slds-button_brand" type="submit" ?disabled=${isSaving}>${isSaving ? 'Saving …' : 'Save in Salesforce'}</button>
      <button class="slds-button slds-button_neutral" type="button" @click=${actions.cancel}>Cancel</button>
    </div>
  </form>`;
}

function bodyTemplate(state: ActivityState, actions: ActivityActions, place: Place): TemplateResult {
  switch (state.form.kind) {
    case 'loading':
      return html`<div class="slds-card"><p class="loading">Loading the form</p></div>`;
    case 'unavailable':
      return html`<div class="slds-card card-body stack">
        <div class="notice warn" role="alert" id="${place.prefix}problems" tabindex="-1"><p>${state.form.message}</p></div>
        ${kindTemplate(state, actions, place)}
        <div class="row"><button class="slds-button slds-button_brand" @click=${actions.reload}>Try again</button>
          <button class="slds-button slds-button_neutral" @click=${actions.cancel}>Cancel</button></div>
      </div>`;
    case 'open':
      return formTemplate(state, state.form.form, actions, place);
  }
}

/** Keys of the form: Escape ends it, Control (or Command) and Enter save. */
function onKey(event: KeyboardEvent, actions: ActivityActions): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    actions.save();
  }
  // Of a list that is open, or of an input method, it is not ours.
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  actions.cancel();
}

/** Shows what would be written in Salesforce, to be changed and confirmed. */
export function activityTemplate(state: ActivityState, actions: ActivityActions): TemplateResult {
  const { interactionType } = kindsFor(state.activity)[state.kind]!;
  return html`<main class="app find activity" @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <header class="app-head"><h1 tabindex="-1" id="heading">Log this in Salesforce? <bdi>${interactionType}</bdi></h1></header>
    ${bodyTemplate(state, actions, { prefix: '', title: 'heading' })}
  </main>`;
}

/** The same beside a record, for what is done with it. */
export function activityBesideTemplate(state: ActivityState, actions: ActivityActions): TemplateResult {
  const { interactionType } = kindsFor(state.activity)[state.kind]!;
  return html`<div class="activity stack" @keydown=${(event: KeyboardEvent) => onKey(event, actions)}>
    <h3 id="log-title">Log this in Salesforce? <bdi>${interactionType}</bdi></h3>
    ${bodyTemplate(state, actions, { prefix: 'log-', title: 'log-title' })}
  </div>`;
}
