/** The provider's page on a desktop of another maker, as it is drawn from its state. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Notice } from '../../../../channel/protocol.ts';
import type { SignInInProgress } from '../../../../core-web/signInWindows.ts';
import type { PageActions, PageState, SignInOrg } from './pageState.ts';
import { connectionChecks } from './connectionChecks.ts';
import { recordPanes } from './recordPanes.ts';

export const pageView = (state: PageState, actions: PageActions) => html`
  ${topBar(state, actions)}
  <div class="notices" aria-live="polite">
    ${failureNotice(state)} ${unnamingNotice(state)} ${message(state, actions)} ${intentNotices(state.notices, actions)}
  </div>
  <section class="sign-ins" aria-live="assertive" aria-label="Signing in">
    ${repeat(
      state.signIns,
      ({ signInId }) => signInId,
      (signIn) => signInPanel(signIn, actions),
    )}
  </section>
  ${state.checks ? connectionChecks(state.checks, actions) : nothing}
  ${state.recordViews.length > 0 ? recordPanes(state, actions) : emptyPage(state)}
`;

const hostOf = (orgUrl: string): string => new URL(orgUrl).host;

function topBar(state: PageState, actions: PageActions) {
  const { status } = state;
  return html`
    <header class="top-bar">
      <h1>Salesforce</h1>
      <div class="sessions" role="status" aria-label="Salesforce sign-in">${sessions(state)}</div>
      <div class="top-actions">
        <button class="slds-button slds-button_neutral" ?disabled=${!status || state.checks !== undefined} @click=${actions.check}>Check the connection</button>
        ${signInButtons(state, actions)}
        ${
          status && status.sessions.length > 0
            ? html`<button class="slds-button slds-button_neutral" @click=${actions.signOut}>Sign out for all apps</button>`
            : nothing
        }
      </div>
    </header>`;
}

function sessions({ status, failure }: PageState) {
  if (failure) return html`<span class="session">Salesforce is not available</span>`;
  if (!status) return html`<span class="session">Starting the Salesforce provider …</span>`;
  if (status.sessions.length === 0)
    return html`<span class="session">Not signed in to <b>${hostOf(status.defaultOrgUrl)}</b></span>`;
  return status.sessions.map(
    ({ userName, orgUrl, state }) => html`
      <span class="session">
        <b>${userName}</b> <span class="org">on ${hostOf(orgUrl)}</span>
        <span class="slds-badge ${state === 'signedIn' ? 'good' : 'warn'}">${state === 'signedIn' ? 'Signed in' : 'Sign-in required'}</span>
      </span>`,
  );
}

/** One button for each org in which nobody is signed in. */
function signInButtons({ status }: PageState, actions: PageActions) {
  if (!status) return nothing;
  const { orgs = [], signingIn } = status;
  const isIn = (org: SignInOrg | undefined): boolean =>
    status.sessions.some(
      ({ orgUrl, consumerKey, state }) =>
        state === 'signedIn' && (!org || (orgUrl === org.orgUrl && consumerKey === org.consumerKey)),
    );
  const asked = orgs.length > 1 ? orgs : [undefined];
  return asked
    .filter((org) => !isIn(org))
    .map(
      (org) => html`
      <button class="slds-button slds-button_brand" ?disabled=${signingIn} @click=${() => actions.signIn(org)}>
        Sign in${org ? ` to ${hostOf(org.orgUrl)}` : ''}
      </button>`,
    );
}

function failureNotice({ failure }: PageState) {
  if (!failure) return nothing;
  return html`
    <div class="notice bad">
      <div class="grow">
        <p>${failure.message}</p>
        ${failure.problems.length > 0 ? html`<ul class="problems">${failure.problems.map((problem) => html`<li>${problem}</li>`)}</ul>` : nothing}
      </div>
      <button class="slds-button slds-button_neutral" @click=${() => location.reload()}>Try again</button>
    </div>`;
}

/** That nobody can say which app asks, and what comes of that. */
function unnamingNotice({ unnaming }: PageState) {
  if (!unnaming) return nothing;
  return html`
    <div class="notice warn">
      <p><b>${unnaming.agent} does not say which app asks.</b> ${
        unnaming.isAllowed
          ? 'Any app of this desktop can have records shown here.'
          : 'Records are shown to no app, as none can be told from another.'
      }</p>
    </div>`;
}

function message({ message: text }: PageState, actions: PageActions) {
  if (text === undefined) return nothing;
  return html`
    <div class="notice warn">
      <p>${text}</p>
      <button class="slds-button slds-button_neutral" @click=${actions.dismissMessage}>Dismiss</button>
    </div>`;
}

const ways: Record<Notice['ways'][number], string> = {
  retry: 'Try again',
  signIn: 'Sign in and try again',
  search: 'Search for it',
};

/** What apps have asked for in vain, each with the reason and what the person can do about it. */
const intentNotices = (notices: readonly Notice[], actions: PageActions) =>
  repeat(
    notices,
    ({ noticeId }) => noticeId,
    ({ noticeId, title, message: why, ways: offered }) => html`
    <div class="notice warn intent-notice" role="group" aria-labelledby="notice-${noticeId}">
      <p class="grow"><b id="notice-${noticeId}">${title}</b> ${why}</p>
      <div class="notice-ways">
        ${offered.map(
          (way, index) => html`
          <button class="slds-button ${index === 0 ? 'slds-button_brand' : 'slds-button_neutral'}" @click=${() => actions.answerNotice(noticeId, way)}>${ways[way]}</button>`,
        )}
        <button class="slds-button slds-button_neutral" aria-label="Dismiss: ${title}" @click=${() => actions.answerNotice(noticeId, 'dismiss')}>Dismiss</button>
      </div>
    </div>`,
  );

function signInPanel({ signInId, orgUrl, stage }: SignInInProgress, actions: PageActions) {
  const isBlocked = stage === 'blocked';
  const host = html`<b>${hostOf(orgUrl)}</b>`;
  return html`
    <div class="sign-in">
      <h2>${isBlocked ? 'Sign in to Salesforce' : 'Signing in to Salesforce'}</h2>
      <p>${
        isBlocked
          ? html`An app wants to show a record of ${host}. This button opens the window to sign in.`
          : html`Continue in the window of ${host}. All apps of this desktop share this sign-in.`
      }</p>
      <div class="row">
        <button class="slds-button ${isBlocked ? 'slds-button_brand' : 'slds-button_neutral'}" @click=${() => actions.showSignIn(signInId)}>
          ${isBlocked ? 'Sign in to Salesforce' : 'Open the window again'}
        </button>
        <button class="slds-button slds-button_neutral" @click=${() => actions.cancelSignIn(signInId)}>Cancel</button>
      </div>
    </div>`;
}

const emptyPage = ({ failure }: PageState) => html`
  <main class="panes">
    ${failure ? nothing : html`<p class="quiet empty">Records that the apps of this desktop ask for are shown here.</p>`}
  </main>`;
