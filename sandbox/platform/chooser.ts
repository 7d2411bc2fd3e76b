/** The dialog in which a person chooses one of several apps. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { IntentChoice } from '../../src/core-web/intentRouting.ts';
import { oneTabStop } from '../apps/oneTabStop.ts';
import type { AppQuestion } from './appChoices.ts';
import { openModal } from './openModal.ts';

const remember = 'chooser-remember';

/** What a choice is: one that is open, by the title of its pane, or a new one where others of the app are open. */
function stateOf({ app, instance }: IntentChoice, choices: readonly IntentChoice[]): string {
  if (instance) return 'open';
  return choices.some((other) => other.app === app && other.instance) ? 'a new one' : 'not open yet';
}

/** Says to screen readers which option has the focus. */
function markSelected({ currentTarget, target }: Event): void {
  for (const option of (currentTarget as Element).querySelectorAll('[role="option"]'))
    option.setAttribute('aria-selected', String(option === target));
}

/** @param titleOf what the pane of an instance is called */
export function chooser({ choices, raiser, pick }: AppQuestion, titleOf: (choice: IntentChoice) => string) {
  const isRemembered = () => (document.getElementById(remember) as HTMLInputElement | null)?.checked ?? false;
  const choose = (choice: IntentChoice) => pick(choice, isRemembered());
  const chooseByKey = (event: KeyboardEvent, choice: IntentChoice) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(choice);
  };
  const wanted = [...new Set(choices.map(({ intent, displayName }) => displayName ?? intent))];
  return html`
    <dialog class="chooser" aria-labelledby="chooser-title" aria-describedby="chooser-why" ${ref(openModal)}
      @cancel=${(event: Event) => {
        event.preventDefault();
        pick(null, false);
      }}>
      <h2 id="chooser-title">Which app shall do this?</h2>
      <p id="chooser-why">${raiser} asks for it, and several apps can.</p>
      <ul class="list" role="listbox" aria-labelledby="chooser-title" @focusin=${markSelected} ${oneTabStop()}>
        ${choices.map(
          (choice, index) => html`
        <li class="list-item" role="option" tabindex="0" aria-selected=${index === 0 ? 'true' : 'false'}
          @click=${() => choose(choice)} @keydown=${(event: KeyboardEvent) => chooseByKey(event, choice)}>
          <span class="text"><b>${titleOf(choice)}</b>
            ${wanted.length > 1 ? html`<span class="quiet">${choice.displayName ?? choice.intent}</span>` : nothing}</span>
          <span class="slds-badge">${stateOf(choice, choices)}</span>
        </li>`,
        )}
      </ul>
      <label class="row"><input type="checkbox" id=${remember} /> <span>Use this app from now on, without asking</span></label>
      <div><button class="slds-button slds-button_neutral" @click=${() => pick(null, false)}>Cancel</button></div>
    </dialog>`;
}
