/** The bar at the top: title, who is signed in to which org, and the buttons for signing in and out. */
import { html, nothing } from 'lit';
import { orgSignIns, type OrgSignIn } from './orgSignIns.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';
import { usageMeter } from './usageMeter.ts';

function session(state: PlatformState) {
  if (state.phase === 'failed') return html`<span class="session">Not running in this tab</span>`;
  if (state.provider === 'starting') return html`<span class="session">Starting the Salesforce provider …</span>`;
  if (state.provider !== 'connected' || !state.status)
    return html`<span class="session">Salesforce is not available</span>`;
  return orgSignIns(state.status).map(orgSessions);
}

function orgSessions({ host, sessions }: OrgSignIn) {
  if (sessions.length === 0) return html`<span class="session">Not signed in to <b>${host}</b></span>`;
  return sessions.map(
    ({ userName, state: signedIn, tokenBinding }) => html`
      <span class="session">
        <b>${userName}</b> <span class="org">on ${host}</span>
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

/** One button for each org that needs a sign-in. With several orgs each button names its org. */
function signInButtons(state: PlatformState, actions: PlatformActions) {
  if (state.provider !== 'connected' || !state.status) return nothing;
  const { signingIn } = state.status;
  const orgs = orgSignIns(state.status);
  return orgs
    .filter(({ needsSignIn }) => needsSignIn)
    .map(({ org, host }) => {
      const isUnderWay = signingIn && (!org || state.signIns.some(({ orgUrl }) => orgUrl === org.orgUrl));
      const to = orgs.length > 1 ? ` to ${host}` : '';
      // Disabled, it would lose the focus of whoever has just pressed it.
      return html`<button class="slds-button slds-button_brand" aria-disabled=${signingIn} @click=${() => signingIn || actions.signIn(org)}>
        ${isUnderWay ? `Signing in${to} …` : `Sign in${to}`}
      </button>`;
    });
}

/** Title, sign-in state and buttons. */
export function topBar(state: PlatformState, actions: PlatformActions) {
  const isAnybodyIn = state.provider === 'connected' && (state.status?.sessions.length ?? 0) > 0;
  return html`
    <header class="top-bar">
      <h1><img src="/icons/salesforce-interop.svg" alt="" width="28" height="28" /> ${state.title}</h1>
      ${
        state.phase === 'running'
          ? html`<button class="search-open" aria-keyshortcuts="Control+K" @click=${() => actions.search.open()}>
              Search Salesforce <kbd aria-hidden="true">Ctrl+K</kbd>
            </button>`
          : nothing
      }
      <div class="sessions" role="status" aria-label="Salesforce sign-in">${session(state)}</div>
      ${usageMeter(state.provider === 'connected' ? state.status : undefined)}
      <a class="check-link" href="/doctor.html" target="_blank" rel="noopener">Check the connection</a>
      ${state.documentationUrl ? html`<a class="check-link" href=${state.documentationUrl} target="_blank" rel="noopener">Documentation</a>` : nothing}
      <div class="top-actions" data-focus-to=".top-actions button">
        ${signInButtons(state, actions)}
        ${
          isAnybodyIn
            ? html`<button class="slds-button slds-button_neutral" @click=${actions.signOut}>Sign out for all apps</button>`
            : nothing
        }
      </div>
      ${
        state.rememberedApps > 0
          ? html`
      <div class="ask-again" data-focus-to=".top-actions button">
        <button class="check-link" @click=${actions.forgetChosenApps}>Ask again which app</button>
      </div>`
          : nothing
      }
    </header>`;
}
