/** The connection check: a summary on top, then one row for each check. */
import { html, nothing } from 'lit';
import type { CheckResult } from '../../src/channel/protocol.ts';
import { catalogue, type CheckEntry } from '../../src/doctor/catalogue.ts';
import { summaryOf } from '../../src/doctor/report.ts';
import type { DoctorActions, DoctorState } from './doctorState.ts';

type RowStatus = CheckResult['status'] | 'running' | 'waiting';

const marks: Record<RowStatus, { mark: string; word: string }> = {
  ok: { mark: '✓', word: 'Good' },
  warning: { mark: '!', word: 'Warning' },
  failed: { mark: '✗', word: 'Failed' },
  skipped: { mark: '–', word: 'Not told from here' },
  running: { mark: '…', word: 'Checking' },
  waiting: { mark: '·', word: 'Not checked yet' },
};

/** The page of the connection check, as it is drawn from its state. */
export const doctorView = (actions: DoctorActions) => (state: DoctorState) => html`
  <header class="top-bar">
    <h1><img src="/icons/salesforce-interop.svg" alt="" width="28" height="28" /> Connection check</h1>
    ${state.orgUrl ? html`<span class="org">${new URL(state.orgUrl).host}</span>` : nothing}
  </header>
  <main class="doctor">
    ${summary(state, actions)}
    ${
      state.phase === 'unavailable'
        ? nothing
        : html`<ol class="checks" aria-label="Checks" aria-busy=${state.phase === 'checking'}>${catalogue.map((entry) => row(entry, state))}</ol>`
    }
  </main>`;

function headline({ phase, results, problem }: DoctorState): { tone: string; text: string } {
  const found = [...results.values()];
  if (phase === 'unavailable') return { tone: 'bad', text: problem ?? 'The Salesforce provider did not answer.' };
  if (phase === 'left') return { tone: '', text: 'Whoever was signed in has left. Check again to see what is so now.' };
  if (phase === 'connecting') return { tone: '', text: 'Asking the Salesforce provider of this desktop …' };
  if (phase === 'checking') return { tone: '', text: `Checking ${results.size + 1} of ${catalogue.length} …` };
  const is = (status: CheckResult['status']) => found.some((result) => result.status === status);
  return { tone: is('failed') ? 'bad' : is('warning') ? 'warn' : 'good', text: summaryOf(found) };
}

function summary(state: DoctorState, actions: DoctorActions) {
  const { tone, text } = headline(state);
  const ended = ['done', 'unavailable', 'left'].includes(state.phase);
  const unwell = catalogue.filter(({ id }) => ['failed', 'warning'].includes(state.results.get(id)?.status ?? ''));
  return html`
    <section class="summary ${tone}" aria-labelledby="headline">
      <div role="status"><h2 id="headline">${text}</h2></div>
      ${state.phase === 'checking' ? html`<progress aria-label="Checks made" max=${catalogue.length} value=${state.results.size}></progress>` : nothing}
      ${
        state.phase === 'unavailable'
          ? html`<p>The check needs the desktop: open it in another tab, and keep it open. Where the provider itself does not start, <code>salesforce-interop doctor</code> checks the same from a terminal.</p>`
          : nothing
      }
      ${ended && unwell.length > 0 ? html`<ul aria-label="To be looked at">${unwell.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul>` : nothing}
      ${state.phase === 'done' && !state.isSignedIn ? html`<p>Nobody is signed in. Sign in on the desktop and check again to see the rest.</p>` : nothing}
      <div class="doctor-actions">
        <button class="slds-button slds-button_brand" ?disabled=${!ended} @click=${actions.check}>Check again</button>
        <button class="slds-button slds-button_neutral" ?disabled=${state.phase !== 'done'} @click=${actions.copy}>Copy as text</button>
        <span role="status">${state.copied ? 'Copied.' : ''}</span>
      </div>
    </section>`;
}

function row({ id, title, mends }: CheckEntry, { results, running }: DoctorState) {
  const result = [...results.values()].find((candidate) => candidate.id === id);
  const status: RowStatus = result?.status ?? (running === id ? 'running' : 'waiting');
  const { mark, word } = marks[status];
  return html`
    <li id=${id} class="check ${status}" tabindex="-1">
      <span class="mark" aria-hidden="true">${mark}</span>
      <h3>${title}<span class="visually-hidden">: ${word}.</span></h3>
      <p class="finding">${result?.finding ?? ''}</p>
      ${status === 'failed' || status === 'warning' ? html`<p class="mends"><b>To mend it:</b> ${mends}</p>` : nothing}
    </li>`;
}
