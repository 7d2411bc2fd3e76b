/** What an app shows instead of its content while it has no Salesforce connection. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Access, SalesforceAccess } from './salesforceAccess.ts';

export function accessView(access: Exclude<Access, { kind: 'connected' }>, salesforce: SalesforceAccess, purpose: string): TemplateResult {
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
          <h2>Not connected to Salesforce</h2>
          <p role="status">${access.message ?? nothing} ${purpose} One sign-in serves every app of this desktop.</p>
          <button class="slds-button slds-button_brand" @click=${() => salesforce.connect()}>Connect to Salesforce</button>
        </div>`;
  }
}
