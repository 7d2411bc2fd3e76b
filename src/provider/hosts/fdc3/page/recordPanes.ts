/** The open records: side by side where there is room, behind tabs where there is not. */
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { appFrameSandbox } from '../../../../core-web/appFrame.ts';
import type { PageActions, PageState } from './pageState.ts';

/** Left and right arrow move through the tabs (WAI-ARIA Authoring Practices, "Tabs Pattern"). */
function moveTab(event: KeyboardEvent, { recordViews, active }: PageState, actions: PageActions): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const at = recordViews.findIndex(({ viewId }) => viewId === active);
  const next = recordViews[(at + step + recordViews.length) % recordViews.length];
  if (!next) return;
  actions.activate(next.viewId);
  document.getElementById(`tab-${next.viewId}`)?.focus();
}

export function recordPanes(state: PageState, actions: PageActions) {
  const { recordViews, active } = state;
  return html`
    <div class="tabs" role="tablist" aria-label="Records" @keydown=${(event: KeyboardEvent) => moveTab(event, state, actions)}>
      ${recordViews.map(
        ({ viewId, title }) => html`
          <button
            class="tab" role="tab" id="tab-${viewId}" aria-controls="pane-${viewId}" aria-selected=${viewId === active}
            tabindex=${viewId === active ? 0 : -1} @click=${() => actions.activate(viewId)}
          >${title}</button>`,
      )}
    </div>
    <main class="panes" data-count=${recordViews.length}>
      ${repeat(
        recordViews,
        ({ viewId }) => viewId,
        ({ viewId, title, url }) => html`
        <section class="pane ${viewId === active ? 'active' : ''}" id="pane-${viewId}" aria-label=${title}>
          <div class="pane-head">
            <h2>${title}</h2>
            <button class="slds-button slds-button_neutral close" aria-label="Close ${title}" @click=${() => actions.closeRecordView(viewId)}>Close</button>
          </div>
          <iframe sandbox=${appFrameSandbox} title=${title} src=${url} data-pane=${viewId}></iframe>
        </section>`,
      )}
    </main>`;
}
