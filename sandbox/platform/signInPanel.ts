/** Tells what is going on while a sign-in window is open, and gives the click a blocked window needs. Not modal. */
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { SignInInProgress } from '../../src/core-web/signInWindows.ts';
import type { PlatformActions } from './platformState.ts';

/** One panel for each sign-in under way. */
export function signInPanel(signIns: readonly SignInInProgress[], actions: PlatformActions) {
  return html`<section class="sign-ins" aria-live="assertive" aria-label="Signing in" data-focus-to=".top-actions button">
    ${repeat(
      signIns,
      ({ signInId }) => signInId,
      (signIn) => panel(signIn, actions),
    )}
  </section>`;
}

function panel({ signInId, orgUrl, stage }: SignInInProgress, actions: PlatformActions) {
  const host = new URL(orgUrl).host;
  return html`
    <div class="sign-in">
      <h2>${stage === 'blocked' ? 'Sign in to Salesforce' : 'Signing in to Salesforce'}</h2>
      <p>
        ${
          stage === 'blocked'
            ? html`Your browser kept the sign-in window for <b>${host}</b> from opening by itself. Open it with this button.`
            : html`Continue in the window of <b>${host}</b>. All apps of this desktop share this sign-in.`
        }
      </p>
      <div class="row">
        <button class="slds-button ${stage === 'blocked' ? 'slds-button_brand' : 'slds-button_neutral'}" @click=${() => actions.showSignIn(signInId)}>
          ${stage === 'blocked' ? 'Sign in to Salesforce' : 'Open the window again'}
        </button>
        <button class="slds-button slds-button_neutral" @click=${() => actions.cancelSignIn(signInId)}>Cancel</button>
      </div>
    </div>`;
}
