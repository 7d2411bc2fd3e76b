/** What the doctor has found of the connection, one row for each check, and how to mend what is wrong. */
import { html, nothing } from 'lit';
import { catalogue } from '../../../../doctor/catalogue.ts';
import { summaryOf } from '../../../../doctor/report.ts';
import type { CheckResult } from '../../../../channel/protocol.ts';
import type { PageActions, PageState } from './pageState.ts';

const marks: Record<CheckResult['status'], { mark: string; word: string }> = {
  ok: { mark: '✓', word: 'Good' },
  warning: { mark: '!', word: 'Warning' },
  failed: { mark: '✗', word: 'Failed' },
  skipped: { mark: '–', word: 'Not told from here' },
};

export function connectionChecks({ results, areOver }: NonNullable<PageState['checks']>, actions: PageActions) {
  return html`
    <section class="doctor" aria-labelledby="checks-headline">
      <div class="row">
        <h2 id="checks-headline" role="status">${areOver ? summaryOf(results) : `Checking ${results.length + 1} of ${catalogue.length} …`}</h2>
        <button class="slds-button slds-button_neutral" @click=${actions.closeChecks}>Close the check</button>
      </div>
      <ol class="checks" aria-label="Checks" aria-busy=${!areOver}>${results.map(row)}</ol>
    </section>`;
}

function row({ id, status, finding }: CheckResult) {
  const { title, mends } = catalogue.find((entry) => entry.id === id)!;
  const { mark, word } = marks[status];
  return html`
    <li class="check ${status}">
      <span class="mark" aria-hidden="true">${mark}</span>
      <h3>${title}<span class="visually-hidden">: ${word}.</span></h3>
      <p class="finding">${finding}</p>
      ${status === 'failed' || status === 'warning' ? html`<p class="mends"><b>To mend it:</b> ${mends}</p>` : nothing}
    </li>`;
}
