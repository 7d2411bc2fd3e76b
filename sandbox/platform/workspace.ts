/** The apps and record views: side by side where there is room, behind tabs where there is not. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import { appFrameSandbox } from '../../src/core-web/appFrame.ts';
import { clearsAtSignOut } from '../../src/sites/appDirectory.ts';
import { clientsOf } from './appClients.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';

interface Pane {
  id: string;
  /** Another one means another page. */
  key: string;
  title: string;
  url: string;
  icon: string;
  connected: boolean;
  /** The releases of the Salesforce client that its pages have brought. */
  client: string;
  viewId?: string;
  /** For panes that the person may close. */
  close?: (() => void) | undefined;
}

/** The page's policy shows images of the platform's own origin only. */
function iconOf({ icons }: AppRecord): string {
  const own = icons?.find(
    ({ src }) => URL.canParse(src, location.href) && new URL(src, location.href).origin === location.origin,
  );
  return own?.src ?? '/icons/app.svg';
}

function panesOf({ apps, connectedApps, recordViews, visit, status }: PlatformState, actions: PlatformActions): Pane[] {
  return [
    ...apps.map(({ paneId, app, wasAskedFor }, index) => ({
      id: paneId,
      key: clearsAtSignOut(app) ? paneId : `${paneId} ${visit}`,
      title: app.title,
      url: app.details.url,
      icon: iconOf(app),
      connected: apps.slice(0, index).filter((other) => other.app === app).length < (connectedApps.get(app.appId) ?? 0),
      client: clientsOf(status, app.title),
      ...(wasAskedFor && { close: () => actions.closeApp(paneId) }),
    })),
    ...recordViews.map(({ viewId, url, title }) => ({
      id: viewId,
      key: viewId,
      title,
      url,
      icon: '/icons/record-view.svg',
      connected: true,
      client: '',
      viewId,
      close: () => actions.closeRecordView(viewId),
    })),
  ];
}

/** Left and right arrow move through the tabs, as WAI-ARIA's tab pattern wants it. */
function moveTab(event: KeyboardEvent, panes: Pane[], active: string, actions: PlatformActions): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const next = panes[(panes.findIndex(({ id }) => id === active) + step + panes.length) % panes.length];
  if (!next) return;
  actions.activate(next.id);
  document.getElementById(`tab-${next.id}`)?.focus();
}

/** The apps' frames, with tabs where the window is too narrow for all of them. */
export function workspace(state: PlatformState, actions: PlatformActions) {
  const panes = panesOf(state, actions);
  return html`
    <div class="tabs" role="tablist" aria-label="Apps" @keydown=${(event: KeyboardEvent) => moveTab(event, panes, state.active, actions)}>
      ${panes.map(
        ({ id, title, icon }) => html`
          <button
            class="tab" role="tab" id="tab-${id}" aria-controls="pane-${id}" aria-selected=${id === state.active}
            tabindex=${id === state.active ? 0 : -1} @click=${() => actions.activate(id)}
          ><img src=${icon} alt="" width="18" height="18" />${title}</button>`,
      )}
    </div>
    <main class="panes" data-count=${panes.length}>
      ${repeat(
        panes,
        ({ key }) => key,
        (pane) => html`
        <section class="pane ${pane.id === state.active ? 'active' : ''}" id="pane-${pane.id}" aria-label=${pane.title}>
          <div class="pane-head">
            <img src=${pane.icon} alt="" width="18" height="18" />
            <h2>${pane.title}</h2>
            ${
              pane.viewId === undefined
                ? html`<span class="dot ${pane.connected ? 'on' : ''}"></span><span class="small">${pane.connected ? 'Connected' : 'Connecting …'}</span>${pane.connected && pane.client ? html`<span class="small client" title=${pane.client}>${pane.client}</span>` : nothing}`
                : nothing
            }
            ${
              pane.close === undefined
                ? nothing
                : html`<button class="slds-button slds-button_neutral close" aria-label="Close ${pane.title}" @click=${pane.close}>Close</button>`
            }
          </div>
          <iframe sandbox=${appFrameSandbox} title=${pane.title} src=${pane.url} data-pane=${pane.id}></iframe>
        </section>`,
      )}
    </main>`;
}
