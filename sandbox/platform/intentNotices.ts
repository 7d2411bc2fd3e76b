/** What apps asked for in vain, each with the reason and what the person can do about it. */
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Notice } from '../../src/channel/protocol.ts';
import type { PlatformActions } from './platformState.ts';

/** More than these would push the apps off the page; the oldest make room. */
const mostShown = 3;

const labels: Record<Notice['ways'][number], string> = {
  retry: 'Try again',
  signIn: 'Sign in and try again',
  search: 'Search for it',
};

/** One more notice; one that has the id of another takes its place. */
export function withNotice(notices: readonly Notice[], notice: Notice): Notice[] {
  return [...notices.filter(({ noticeId }) => noticeId !== notice.noticeId), notice].slice(-mostShown);
}

/**
 * Where the keyboard goes on when a notice is gone: the next one, or the app before the person (by its tab, where
 * there are tabs).
 */
export function focusAfterNotice(): void {
  const places = ['.intent-notice button', '.tab[tabindex="0"]', '.pane.last iframe'];
  const elements = places.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  elements.find((element) => element.checkVisibility())?.focus();
}

/** What the person has to know about an intent, each with its buttons. */
export const intentNotices = (notices: readonly Notice[], actions: PlatformActions) =>
  repeat(
    notices,
    ({ noticeId }) => noticeId,
    ({ noticeId, title, message, ways }) => html`
    <div class="notice warn intent-notice" role="group" aria-labelledby="notice-${noticeId}">
      <p class="grow"><b id="notice-${noticeId}">${title}</b> ${message}</p>
      <div class="notice-ways">
        ${ways.map(
          (way, index) => html`
          <button class="slds-button ${index === 0 ? 'slds-button_brand' : 'slds-button_neutral'}" @click=${() => actions.answerNotice(noticeId, way)}>${labels[way]}</button>`,
        )}
        <button class="slds-button slds-button_neutral" aria-label="Dismiss: ${title}" @click=${() => actions.answerNotice(noticeId, 'dismiss')}>Dismiss</button>
      </div>
    </div>`,
  );
