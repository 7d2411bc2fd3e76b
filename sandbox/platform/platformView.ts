/** The whole platform page. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { keyed } from 'lit/directives/keyed.js';
import type { IntentChoice } from '../../src/core-web/intentRouting.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';
import { signInPanel } from './signInPanel.ts';
import { topBar } from './topBar.ts';
import { workspace } from './workspace.ts';

export const platformView = (actions: PlatformActions) => (state: PlatformState) => html`
  ${topBar(state, actions)}
  ${state.phase === 'failed'
    ? html`<div class="notices"><div class="notice bad" role="alert">
        <p><b>This desktop cannot start.</b> ${state.failure}</p>
        <button class="slds-button slds-button_neutral" @click=${() => location.reload()}>Try again</button>
      </div></div>`
    : nothing}
  <div class="notices" aria-live="polite">${providerNotice(state, actions)} ${message(state, actions)}</div>
  ${signInPanel(state.signIns, actions)}
  ${state.providerUrl === undefined
    ? nothing
    : keyed(state.providerStarts, html`
        <iframe class="visually-hidden" aria-hidden="true" tabindex="-1" title="Salesforce provider" data-pane="provider" src=${state.providerUrl}></iframe>`)}
  ${state.phase === 'running' ? workspace(state, actions) : nothing}
  ${state.choosing ? chooser(state.choosing) : nothing}
`;

function providerNotice({ provider, problem }: PlatformState, actions: PlatformActions) {
  if (provider === 'starting' || provider === 'connected') return nothing;
  const text = provider === 'lost'
    ? 'The Salesforce provider went away. Apps reach Salesforce again as soon as it is back.'
    : (problem?.message ?? 'It did not answer.');
  return html`
    <div class="notice bad">
      <div class="grow">
        <p><b>${provider === 'lost' ? 'No connection to Salesforce.' : 'The Salesforce provider did not start.'}</b> ${text}</p>
        ${problem && problem.details.length > 0 ? html`<ul class="problems">${problem.details.map((detail) => html`<li>${detail}</li>`)}</ul>` : nothing}
      </div>
      <button class="slds-button slds-button_neutral" @click=${actions.restartProvider}>Start it again</button>
    </div>`;
}

function message({ message }: PlatformState, actions: PlatformActions) {
  if (message === undefined) return nothing;
  return html`
    <div class="notice warn">
      <p>${message}</p>
      <button class="slds-button slds-button_neutral" @click=${actions.dismissMessage}>Dismiss</button>
    </div>`;
}

/** Opens as a modal dialog as soon as it is drawn. */
function openModal(element?: Element): void {
  if (element instanceof HTMLDialogElement && !element.open) element.showModal();
}

function chooser({ choices, pick }: NonNullable<PlatformState['choosing']>) {
  const label = ({ app, intent }: IntentChoice) => html`<b>${app.title}</b> <span class="quiet">${intent}</span>`;
  return html`
    <dialog class="chooser" aria-labelledby="chooser-title" ${ref(openModal)} @cancel=${() => pick(null)}>
      <h2 id="chooser-title">Which app shall do this?</h2>
      <ul class="list">
        ${choices.map((choice) => html`<li><button class="list-item" @click=${() => pick(choice)}><span class="text">${label(choice)}</span></button></li>`)}
      </ul>
      <button class="slds-button slds-button_neutral" @click=${() => pick(null)}>Cancel</button>
    </dialog>`;
}
