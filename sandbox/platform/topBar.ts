/** The bar at the top: the product, who is signed in where, and the way in and out. */
import { html, nothing } from 'lit';
import type { PlatformActions, PlatformState } from './platformState.ts';

const hostOf = (url: string) => new URL(url).host;

function session(state: PlatformState) {
  if (state.phase === 'failed') return html`<span class="session">Not running in this tab</span>`;
  if (state.provider === 'starting') return html`<span class="session">Starting the Salesforce provider …</span>`;
  if (state.provider !== 'connected' || !state.status)
    return html`<span class="session">Salesforce is not available</span>`;
  const { sessions, defaultOrgUrl } = state.status;
  if (sessions.length === 0) return html`<span class="session">Not signed in to <b>${hostOf(defaultOrgUrl)}</b></span>`;
  return sessions.map(
    ({ userName, orgUrl, state: signedIn, tokenBinding }) => html`
      <span class="session">
        <b>${userName}</b> <span class="org">on ${hostOf(orgUrl)}</span>
        <span class="slds-badge ${signedIn === 'signedIn' ? 'good' : 'warn'}">
          ${signedIn === 'signedIn' ? 'Signed in' : 'Sign-in required'}
        </span>
        ${
          signedIn === 'signedIn' && tokenBinding === 'dpop'
            ? html`<span class="bound" title="Salesforce takes this sign-in's tokens from this desktop alone.">Bound to this desktop</span>`
            : nothing
        }
      </span>`,
  );
}

export function topBar(state: PlatformState, actions: PlatformActions) {
  const { status } = state;
  const usable = state.provider === 'connected' && status !== undefined;
  const everyoneIn =
    usable && status.sessions.length > 0 && status.sessions.every(({ state: signedIn }) => signedIn === 'signedIn');
  return html`
    <header class="top-bar">
      <h1><img src="/icons/salesforce-interop.svg" alt="" width="28" height="28" /> ${state.title}</h1>
      <div class="sessions" role="status" aria-label="Salesforce sign-in">${session(state)}</div>
      <a class="check-link" href="/doctor.html" target="_blank" rel="noopener">Check the connection</a>
      ${state.documentationUrl ? html`<a class="check-link" href=${state.documentationUrl} target="_blank" rel="noopener">Documentation</a>` : nothing}
      <div class="top-actions">
        ${
          usable && !everyoneIn
            ? html`<button class="slds-button slds-button_brand" ?disabled=${status.signingIn} @click=${actions.signIn}>
              ${status.signingIn ? 'Signing in …' : 'Sign in'}
            </button>`
            : nothing
        }
        ${
          usable && status.sessions.length > 0
            ? html`<button class="slds-button slds-button_neutral" @click=${actions.signOut}>Sign out for all apps</button>`
            : nothing
        }
      </div>
    </header>`;
}
