/** The apps and record views: side by side where there is room, behind tabs where there is not. */
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AppRecord } from '../../src/core-web/appDirectory.ts';
import { appFrameSandbox } from '../../src/core-web/appFrame.ts';
import { clearsAtSignOut } from '../../src/sites/appDirectory.ts';
import { clientsOf } from './appClients.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';
import { shownPanes } from './shownPanes.ts';

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
    ...apps.map(({ paneId, app, title, wasAskedFor }, index) => ({
      id: paneId,
      key: clearsAtSignOut(app) ? paneId : `${paneId} ${visit}`,
      title,
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

/**
 * Keys of the tabs: arrows, Home and End move, Delete closes what may be closed.
 *
 * @see WAI-ARIA Authoring Practices, "Tabs Pattern"
 */
function onTabKey(event: KeyboardEvent, panes: Pane[], actions: PlatformActions): void {
  const at = panes.findIndex(({ id }) => `tab-${id}` === (event.target as HTMLElement).id);
  const places: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % panes.length,
    ArrowLeft: (at - 1 + panes.length) % panes.length,
    Home: 0,
    End: panes.length - 1,
  };
  if (event.key === 'Delete') panes[at]?.close?.();
  const next = panes[places[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  actions.activate(next.id);
  document.getElementById(`tab-${next.id}`)?.focus();
}

function tabTemplate({ id, title, icon, close }: Pane, isShown: boolean, isLast: boolean, actions: PlatformActions) {
  return html`<button class="tab" role="tab" id="tab-${id}" aria-controls="pane-${id}" aria-selected=${isShown}
      aria-keyshortcuts=${close ? 'Delete' : nothing} title=${title} tabindex=${isLast ? 0 : -1} @click=${() => actions.activate(id)}
    ><img src=${icon} alt="" width="18" height="18" /><span>${title}</span></button>`;
}

/** The apps' frames side by side, as many as fit, and tabs where there are more. */
export function workspace(state: PlatformState, actions: PlatformActions) {
  const panes = panesOf(state, actions);
  const { recent, fit } = state;
  const idsOf = (is: (pane: Pane) => boolean): string[] => panes.filter(is).map(({ id }) => id);
  const apps = idsOf(({ viewId }) => viewId === undefined);
  const shown = shownPanes({ apps, records: idsOf(({ viewId }) => viewId !== undefined), recent, fit });
  const last = recent.find((id) => shown.has(id)) ?? [...shown].at(-1);
  return html`
    <div class="tabs" role="tablist" aria-label="Apps and records" aria-multiselectable=${fit > 1} ?hidden=${shown.size === panes.length && fit > 1}
      @keydown=${(event: KeyboardEvent) => onTabKey(event, panes, actions)}>
      ${repeat(
        panes,
        ({ id }) => id,
        (pane) => tabTemplate(pane, shown.has(pane.id), pane.id === last, actions),
      )}
    </div>
    <main class="panes ${fit > 1 ? 'beside' : ''}" data-count=${shown.size}>
      ${repeat(
        panes,
        ({ key }) => key,
        (pane) => html`
        <section class="pane ${shown.has(pane.id) ? 'active' : ''} ${pane.id === last ? 'last' : ''}" id="pane-${pane.id}" aria-label=${pane.title}>
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
