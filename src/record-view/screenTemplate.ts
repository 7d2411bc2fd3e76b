import { html, nothing, type TemplateResult } from 'lit';
import { activityTemplate, type ActivityActions, type ActivityState } from './activityTemplate.ts';
import type { FailureNotice } from './failureNotice.ts';
import type { FindState } from './findState.ts';
import { findTemplate, type FindActions } from './findTemplate.ts';
import { profileTemplate, type ProfileActions, type ProfileState } from './profileTemplate.ts';
import { recordTemplate, type RecordActions, type RecordScreen } from './recordTemplate.ts';

export type Screen =
  | { kind: 'loading'; what: string }
  | { kind: 'failed'; notice: FailureNotice; retry: () => void }
  | ({ kind: 'record' } & RecordScreen)
  | { kind: 'find'; find: FindState }
  | { kind: 'activity'; activity: ActivityState }
  | { kind: 'profile'; profile: ProfileState };

export type ScreenActions = RecordActions & FindActions & { activity: ActivityActions; profile: ProfileActions };

function failureTemplate({ title, message, retry: label }: FailureNotice, retry: () => void): TemplateResult {
  return html`<main class="app"><div class="slds-card empty" role="alert">
    <h2>${title}</h2>
    <p>${message}</p>
    ${label === undefined ? nothing : html`<button class="slds-button slds-button_brand" @click=${retry}>${label}</button>`}
  </div></main>`;
}

/** Draws whatever the page shows now. */
export function screenTemplate(screen: Screen, actions: ScreenActions): TemplateResult {
  switch (screen.kind) {
    case 'loading':
      return html`<main class="app" aria-busy="true"><div class="slds-card"><p class="loading">${screen.what}</p></div></main>`;
    case 'failed':
      return failureTemplate(screen.notice, screen.retry);
    case 'record':
      return recordTemplate(screen, actions);
    case 'find':
      return findTemplate(screen.find, actions);
    case 'activity':
      return activityTemplate(screen.activity, actions.activity);
    case 'profile':
      return profileTemplate(screen.profile, actions.profile);
  }
}
