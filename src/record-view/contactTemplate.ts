import { html, nothing, type TemplateResult } from 'lit';
import type { OpensOn } from '../channel/protocol.ts';
import type { LogDraft, LogState } from './activityLog.ts';
import { activityBesideTemplate, type ActivityActions } from './activityTemplate.ts';
import { waysToCall, waysToWrite, type ContactWay } from './contactWays.ts';
import type { RecordPage } from './recordPage.ts';

export interface ContactActions {
  /** Shows the form to log it; `isAsked`: the person has asked for the form, and goes on in it. */
  beginLog(draft: LogDraft, isAsked: boolean): void;
  log: ActivityActions;
}

type Contacting = Extract<OpensOn, { kind: 'call' | 'email' }>;

/** What the log of it begins with. */
const drafted = (opensOn: Contacting): LogDraft =>
  opensOn.kind === 'call'
    ? { interactionType: 'Call', subject: 'Call', comments: '' }
    : {
        interactionType: 'Email',
        subject: opensOn.subject ? `Email: ${opensOn.subject}`.slice(0, longestSubject) : 'Email',
        comments: opensOn.text ?? '',
      };

/** Of a task (Object Reference, "Task"). */
const longestSubject = 255;

function waysTemplate(ways: readonly ContactWay[], onFollow: () => void): TemplateResult {
  return html`<ul class="ways">${ways.map(
    ({ label, text, href }) => html`<li><a class="slds-button slds-button_neutral" href=${href} @click=${onFollow}>
      <span>${label}: <bdi>${text}</bdi></span></a></li>`,
  )}</ul>`;
}

function logTemplate(opensOn: Contacting, log: LogState, actions: ContactActions): TemplateResult {
  if (log.kind === 'open') return activityBesideTemplate(log.activity, actions.log);
  const begin = (): void => actions.beginLog(drafted(opensOn), true);
  return html`${log.done === undefined ? nothing : html`<div class="notice good"><p>${log.done}</p></div>`}
    <div><button class="slds-button slds-button_neutral" id="log-begin" @click=${begin}>Log ${opensOn.kind === 'call' ? 'a call' : 'an e-mail'}</button></div>`;
}

function callTemplate(page: RecordPage, numbers: readonly string[], onFollow: () => void): TemplateResult {
  const ways = waysToCall(page.ways, numbers);
  return html`${page.ways.doNotCall ? html`<div class="notice warn"><p>${page.name} does not want to be called: the record says “Do Not Call”.</p></div>` : nothing}
    ${ways.length > 0 ? waysTemplate(ways, onFollow) : html`<p>Salesforce has no telephone number of ${page.name}, or none that you may see.</p>`}`;
}

function emailTemplate(
  page: RecordPage,
  email: Extract<OpensOn, { kind: 'email' }>,
  onFollow: () => void,
): TemplateResult {
  const { ways, also, isWithoutText } = waysToWrite(page.ways, email);
  const unknown = email.others.filter(({ name, address }) => address === undefined && name !== page.name);
  return html`${page.ways.doNotEmail ? html`<div class="notice warn"><p>${page.name} does not want e-mails: the record says “Email Opt Out”.</p></div>` : nothing}
    ${ways.length > 0 ? waysTemplate(ways, onFollow) : nothing}
    ${page.ways.emails.length + email.addresses.length > 0 ? nothing : html`<p>Salesforce has no e-mail address of ${page.name}, or none that you may see.</p>`}
    ${also.length > 0 ? html`<p class="quiet">It goes to these too: <bdi>${also.join(', ')}</bdi></p>` : nothing}
    ${unknown.length > 0 ? html`<p class="quiet">No address is known of <bdi>${unknown.map(({ name }) => name).join(', ')}</bdi>.</p>` : nothing}
    ${
      isWithoutText
        ? html`<p>The text is too long to be handed to a mail program: copy it from here.</p>
          <textarea class="slds-textarea" readonly aria-label="Text of the e-mail" .value=${email.text ?? ''}></textarea>`
        : nothing
    }`;
}

/** The ways to call or write to whom a record is about, and the form that logs it. */
export function contactTemplate(
  page: RecordPage,
  opensOn: OpensOn | undefined,
  log: LogState,
  actions: ContactActions,
): TemplateResult | typeof nothing {
  if (opensOn?.kind !== 'call' && opensOn?.kind !== 'email') return nothing;
  const onFollow = (): void => actions.beginLog(drafted(opensOn), false);
  return html`<section class="slds-card card-body stack contacting" aria-labelledby="contacting-title">
    <h2 id="contacting-title">${opensOn.kind === 'call' ? 'Call' : 'E-mail'} ${page.name}</h2>
    ${opensOn.kind === 'call' ? callTemplate(page, opensOn.numbers, onFollow) : emailTemplate(page, opensOn, onFollow)}
    ${logTemplate(opensOn, log, actions)}
  </section>`;
}
