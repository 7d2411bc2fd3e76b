import { html, nothing, type TemplateResult } from 'lit';
import type { SharingState } from './channelSharing.ts';

export interface SharingActions {
  /** @param id undefined for no channel */
  join(id: string | undefined): void;
  follow(follows: boolean): void;
}

const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The choice of the user channel that a view is on, and of whether it follows that. */
export function sharingBar(state: SharingState | undefined, actions: SharingActions): TemplateResult | typeof nothing {
  if (!state) return nothing;
  const { channels, current, follows, note } = state;
  const onChannel = ({ target }: Event): void => actions.join((target as HTMLSelectElement).value || undefined);
  const onFollow = ({ target }: Event): void => actions.follow((target as HTMLInputElement).checked);
  return html`
    <section class="sharing row small" aria-label="Shared context">
      <label class="row">
        <span class="quiet">Channel</span>
        <select class="slds-select" @change=${onChannel}>
          <option value="" ?selected=${current === undefined}>None</option>
          ${channels.map(({ id, name }) => html`<option value=${id} ?selected=${id === current}>${titled(name)}</option>`)}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" .checked=${follows} ?disabled=${current === undefined} @change=${onFollow} />
        Show what others share
      </label>
      <p class="note quiet" role="status" dir="auto">${note ?? ''}</p>
    </section>`;
}
