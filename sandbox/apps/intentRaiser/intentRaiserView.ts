/** What the Messages app shows. */
import type { Context } from '@finos/fdc3';
import { html, nothing } from 'lit';
import { appHead } from '../accessView.ts';
import { channelPicker, type ChannelChoice } from '../channelPicker.ts';
import { findPersonIntent } from '../findPerson.ts';
import { conversations, type Mention, type Message } from './conversations.ts';
import { intentFor, type Outcome } from './raiseForMention.ts';

export interface IntentRaiserState {
  desktop: 'joining' | 'joined' | { failure: string };
  channel?: ChannelChoice;
  conversation: string;
  outcome?: Outcome | undefined;
  /** A person who is typed in instead of taken from a message. */
  name: string;
  email: string;
}

export interface IntentRaiserActions {
  choose(conversation: string): void;
  raise(intent: string, context: Context): void;
  share(context: Context): void;
  type(field: 'name' | 'email', value: string): void;
  dismiss(): void;
  pickChannel(id: string): void;
}

/** The page of Messages, as it is drawn from its state. */
export const intentRaiserView = (actions: IntentRaiserActions) => (state: IntentRaiserState) => html`
  <main class="app">
    ${appHead('Messages', undefined, channelPicker(state.channel, actions.pickChannel))}
    ${state.desktop === 'joining' ? html`<p class="loading" role="status">Joining the desktop …</p>` : nothing}
    ${
      typeof state.desktop === 'object'
        ? html`
      <div class="notice bad" role="alert"><p><b>Not on a desktop.</b> ${state.desktop.failure}</p>
        <button class="slds-button slds-button_neutral" @click=${() => location.reload()}>Try again</button></div>`
        : nothing
    }
    <div class="outcome" role="status" aria-live="polite">${state.outcome ? outcome(state.outcome, actions) : nothing}</div>
    ${state.desktop === 'joined' ? content(state, actions) : nothing}
  </main>`;

function content(state: IntentRaiserState, actions: IntentRaiserActions) {
  const conversation = conversations.find(({ id }) => id === state.conversation) ?? conversations[0];
  return html`
    <div class="slds-form-element">
      <label class="slds-form-element__label" for="conversation">Conversation</label>
      <select class="slds-select" id="conversation" @change=${(event: Event) => actions.choose((event.target as HTMLSelectElement).value)}>
        ${conversations.map(({ id, title }) => html`<option value=${id} ?selected=${id === conversation?.id}>${title}</option>`)}
      </select>
    </div>
    <ol class="stack" aria-label="Messages">${conversation?.messages.map((message) => messageItem(message, actions))}</ol>
    ${form(state, actions)}`;
}

function messageItem({ from, at, text, mentions }: Message, actions: IntentRaiserActions) {
  return html`
    <li class="slds-card message">
      <p class="small"><b>${from}</b> <span class="quiet">${at}</span></p>
      <p>${text}</p>
      <ul class="row mentions">${mentions.map((mention) => html`<li class="row">${mentionButtons(mention, actions)}</li>`)}</ul>
    </li>`;
}

function mentionButtons({ label, context }: Mention, actions: IntentRaiserActions) {
  return html`
    <button class="slds-button slds-button_neutral" @click=${() => actions.raise(intentFor(context), context)}>View ${label}</button>
    ${
      context.type === 'fdc3.contactList'
        ? nothing
        : html`
      <button class="slds-button share" @click=${() => actions.share(context)}>Share<span class="visually-hidden"> ${label} with the other apps</span></button>`
    }
    ${
      context.type === 'fdc3.contact'
        ? html`
      <button class="slds-button share" @click=${() => actions.raise(findPersonIntent, context)}>Find in …<span class="visually-hidden"> another app: ${label}</span></button>`
        : nothing
    }`;
}

function form({ name, email }: IntentRaiserState, actions: IntentRaiserActions) {
  const submit = (event: Event) => {
    event.preventDefault();
    actions.raise('ViewContact', { type: 'fdc3.contact', ...(name ? { name } : {}), id: email ? { email } : {} });
  };
  const field = (id: 'name' | 'email', label: string, value: string) => html`
    <div class="slds-form-element grow">
      <label class="slds-form-element__label" for=${id}>${label}</label>
      <input class="slds-input" id=${id} autocomplete="off" .value=${value} @input=${(event: Event) => actions.type(id, (event.target as HTMLInputElement).value)} />
    </div>`;
  return html`
    <form class="slds-card card-body stack" @submit=${submit} aria-label="Somebody else">
      <h2>Somebody else</h2>
      <div class="row">${field('name', 'Name', name)} ${field('email', 'E-mail', email)}</div>
      <div><button class="slds-button slds-button_brand" type="submit" ?disabled=${name.trim() === '' && email.trim() === ''}>View contact</button></div>
    </form>`;
}

function outcome(outcome: Outcome, actions: IntentRaiserActions) {
  const dismiss = html`<button class="slds-button slds-button_neutral" @click=${actions.dismiss}>Dismiss</button>`;
  switch (outcome.kind) {
    case 'waiting':
      return html`<div class="notice"><p class="loading">${outcome.intent} for ${outcome.about}: waiting for the answer …</p></div>`;
    case 'failed':
      return html`<div class="notice bad"><p><b>${outcome.intent} for ${outcome.about} did not work.</b> ${outcome.why}</p>${dismiss}</div>`;
    case 'handledSilently':
      return html`<div class="notice good"><p>${outcome.by} took care of ${outcome.about}.</p>${dismiss}</div>`;
    case 'handled':
      return html`
        <section class="slds-card card-body stack" aria-label="Answer">
          <div class="row apart"><h2>${outcome.by} knows ${outcome.result.name ?? outcome.about}</h2>${dismiss}</div>
          <dl class="facts">${flatten(outcome.result).map(
            ([label, value, isNew]) => html`
            <div><dt>${label} ${isNew ? html`<span class="slds-badge good">new</span>` : nothing}</dt><dd dir="auto">${value}</dd></div>`,
          )}</dl>
          <details><summary>The context as it came back</summary><pre tabindex="0">${JSON.stringify(outcome.result, null, 2)}</pre></details>
        </section>`;
  }

  /** Lines of the result, each with whether the raised context did not have it. */
  function flatten(result: Context): [string, string, boolean][] {
    const given = new Set(
      outcome.kind === 'handled' ? leaves(outcome.given).map(([label, value]) => `${label} ${value}`) : [],
    );
    return leaves(result)
      .filter(([label]) => label !== 'type')
      .map(([label, value]) => [label, value, !given.has(`${label} ${value}`)]);
  }
}

function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    typeof member === 'object' && member !== null
      ? leaves(member, `${prefix}${key}.`)
      : [[`${prefix}${key}`, String(member)] satisfies [string, string]],
  );
}
