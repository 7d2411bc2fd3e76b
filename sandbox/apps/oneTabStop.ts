import { FocusKeys, focusZone } from '@primer/behaviors';
import type { ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';

/**
 * Makes one stop of the Tab key of a list, however long it is: within it the arrow keys, Home and End move the focus
 * (WAI-ARIA Authoring Practices, "Developing a Keyboard Interface"). Above the first item comes the search.
 *
 *     html`<ul class="list" ${oneTabStop()}>…</ul>`
 */
class OneTabStop extends AsyncDirective {
  #zone: AbortController | undefined;

  render(): void {}

  override update({ element }: ElementPart): void {
    if (this.#zone || !this.isConnected) return;
    const list = element as HTMLElement;
    this.#zone = focusZone(list, { bindKeys: FocusKeys.ArrowVertical | FocusKeys.HomeAndEnd });
    list.addEventListener('keydown', goUpToSearch, { capture: true, signal: this.#zone.signal });
  }

  override disconnected(): void {
    this.#zone?.abort();
    this.#zone = undefined;
  }
}

export const oneTabStop = directive(OneTabStop);

function goUpToSearch(event: KeyboardEvent): void {
  const first = (event.currentTarget as HTMLElement).querySelector('.list-item');
  if (event.key !== 'ArrowUp' || event.target !== first) return;
  const search = document.querySelector<HTMLElement>('[type="search"]');
  if (search) event.preventDefault();
  search?.focus();
}

/** Goes from the search into the list that it has found, to the first item. */
export function goDownToList(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown') return;
  const first = document.querySelector<HTMLElement>('.list-item');
  if (first) event.preventDefault();
  first?.focus();
}
