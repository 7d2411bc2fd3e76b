/** What the desktop has used of its orgs' API requests, and what its apps would have used by themselves. */
import { html, nothing } from 'lit';
import type { PlatformStatus } from '../../src/channel/protocol.ts';

type OrgUsage = NonNullable<PlatformStatus['usage']>[number];

const number = new Intl.NumberFormat('en');

export function usageMeter(status: PlatformStatus | undefined) {
  const used = (status?.usage ?? []).filter(({ asked }) => asked > 0);
  if (used.length === 0) return nothing;
  return html`<div class="usage" role="group" aria-label="Requests to Salesforce">
    ${used.map((usage) => orgUsage(usage, used.length > 1))}
  </div>`;
}

function orgUsage(usage: OrgUsage, isOneOfMany: boolean) {
  const { orgUrl, asked, sent, used, limit } = usage;
  const ofApp = ({ app, asked, sent }: OrgUsage['apps'][number]): string => `${app}: ${asked} asked, ${sent} sent`;
  return html`<span class="usage-org" title=${usage.apps.map(ofApp).join('\n')}>
    ${isOneOfMany ? html`<b>${new URL(orgUrl).host}</b>` : nothing}
    <span><b>${number.format(sent)}</b> requests for <b>${number.format(asked)}</b> that apps asked for</span>
    ${
      used === undefined || limit === undefined
        ? nothing
        : html`<span class="usage-day">
            <meter min="0" max=${limit} value=${used} aria-label="Of the org's requests of 24 hours"></meter>
            ${number.format(used)} of ${number.format(limit)} in 24 hours
          </span>`
    }
    ${held(usage)}
  </span>`;
}

function held({ background, pausedUntil }: OrgUsage) {
  if (pausedUntil !== undefined) {
    const time = new Date(pausedUntil).toLocaleTimeString([], {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    return html`<span class="slds-badge warn">Paused until ${time}</span>`;
  }
  if (background === 'normal') return nothing;
  return html`<span class="slds-badge warn">Background work is ${background}</span>`;
}
