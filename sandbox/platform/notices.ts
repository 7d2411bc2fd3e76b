/** What a person has to know or do, below the top bar: each with what happened and what helps. */
import { html, nothing } from 'lit';
import { intentNotices } from './intentNotices.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';

/** All notices that the state of the platform page calls for. */
export const notices = (state: PlatformState, actions: PlatformActions) => html`
  <div class="notices" aria-live="polite">
    ${offlineNotice(state)} ${providerNotice(state, actions)} ${signInRequired(state)} ${message(state, actions)} ${intentNotices(state.notices, actions)}
  </div>`;

function offlineNotice({ online }: PlatformState) {
  if (online) return nothing;
  return html`
    <div class="notice warn">
      <p><b>This machine is offline.</b> Apps reach Salesforce again as soon as the network is back, without a new sign-in.</p>
    </div>`;
}

/** Why somebody has to sign in again. The button for it is in the top bar, once for all. */
function signInRequired({ provider, status }: PlatformState) {
  if (provider !== 'connected') return nothing;
  const ended = status?.sessions.filter(({ state }) => state === 'signInRequired') ?? [];
  return ended.map(
    ({ userName, message: why }) => html`
    <div class="notice warn">
      <p><b>${userName} is no longer signed in to Salesforce.</b> ${why ?? 'Please sign in again.'}</p>
    </div>`,
  );
}

function providerNotice({ provider, problem }: PlatformState, actions: PlatformActions) {
  if (provider === 'starting' || provider === 'connected') return nothing;
  const text =
    provider === 'lost'
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
