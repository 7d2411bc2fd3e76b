/** Head of an app: who it acts for, and whatever the app adds. The desktop shows the title. */
export function appHead(title: string, access: Access | undefined, more: TemplateResult): TemplateResult {
  const user = access?.kind === 'connected' ? access.connection.currentUser : undefined;
  return html`
    <header class="app-head">
      <h1 class="visually-hidden">${title}</h1>
      <p class="small quiet">${user ? html`Connected as <b>${user.Name}</b>` : nothing}</p>
      ${more}
    </header>`;
}

/** What an app shows instead of its content while it has no Salesforce connection. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Access, SalesforceAccess } from './salesforceAccess.ts';

/**
 * What to show in each state but the connected one, in the words of the desktop's bar.
 *
 * @param purpose A sentence: what this app connects for.
 */
export function accessView(
  access: Exclude<Access, { kind: 'connected' }>,
  salesforce: SalesforceAccess,
  purpose: string,
): TemplateResult {
  switch (access.kind) {
    case 'starting':
      return html`<p class="loading" role="status">Looking for a Salesforce session …</p>`;
    case 'connecting':
      return html`<p class="loading" role="status">Connecting. If a sign-in window opened, please go on there.</p>`;
    case 'unavailable':
      return html`
        <div class="empty" role="alert">
          <h2>Salesforce is not available</h2>
          <p>${access.message}</p>
          <button class="slds-button slds-button_brand" @click=${() => salesforce.retry()}>Try again</button>
        </div>`;
    case 'signedOut':
      return html`
        <div class="empty">
          <h2>${access.hasEnded ? 'Sign-in required' : 'Not signed in to Salesforce'}</h2>
          <p role="status">${access.message ?? nothing} ${purpose} One sign-in serves every app of this desktop.</p>
          <button class="slds-button slds-button_brand" @click=${() => salesforce.connect()}>Connect to Salesforce</button>
        </div>`;
  }
}
