/** The whole platform page. */
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { chooser } from './chooser.ts';
import type { PlatformActions, PlatformState } from './platformState.ts';
import { notices } from './notices.ts';
import { titleOfChoice } from './paneOf.ts';
import { searchDialog } from './searchDialog.ts';
import { signInPanel } from './signInPanel.ts';
import { topBar } from './topBar.ts';
import { workspace } from './workspace.ts';

/** The platform page, as it is drawn from its state. */
export const platformView = (actions: PlatformActions) => (state: PlatformState) => html`
  ${topBar(state, actions)}
  ${
    state.phase === 'failed'
      ? html`<div class="notices"><div class="notice bad" role="alert">
        <p><b>This desktop cannot start.</b> ${state.failure}</p>
        <button class="slds-button slds-button_neutral" @click=${() => location.reload()}>Try again</button>
      </div></div>`
      : nothing
  }
  ${notices(state, actions)}
  ${signInPanel(state.signIns, actions)}
  ${
    state.providerUrl === undefined
      ? nothing
      : keyed(
          state.providerStarts,
          html`
        <iframe class="visually-hidden" aria-hidden="true" tabindex="-1" title="Salesforce provider" data-pane="provider" src=${state.providerUrl}></iframe>`,
        )
  }
  ${state.phase === 'running' ? workspace(state, actions) : nothing}
  ${state.search ? searchDialog(state.search, actions.search) : nothing}
  ${state.choosing ? chooser(state.choosing, (choice) => titleOfChoice(choice, state)) : nothing}
`;
