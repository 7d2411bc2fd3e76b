/** A page as state and a view of it: each change of the state draws it again. */
import { render, type TemplateResult } from 'lit';
import { startAnewWhenShownAgain } from '../../src/startAnew.ts';

export interface PageView<State> {
  readonly state: State;
  update(changes: Partial<State>): void;
  /** Forgets everything but this: back to how the page began. */
  reset(kept: Partial<State>): void;
}

/**
 * Draws `view(state)` into the page's root element, now and after every update. What has the focus may be gone then: a
 * list item hands it on to its neighbour, anything else to what the selector in `data-focus-to` around it finds.
 */
export function showPage<State extends object>(
  initial: State,
  view: (state: State) => TemplateResult,
): PageView<State> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  startAnewWhenShownAgain();
  let state = initial;
  function draw(): void {
    const focused = document.activeElement;
    const at = listItems().findIndex((item) => item === focused);
    const heir = focused?.closest<HTMLElement>('[data-focus-to]')?.dataset['focusTo'];
    render(view(state), root!);
    if (!focused || focused.isConnected) return;
    if (at >= 0) focusNear(at);
    else if (heir !== undefined) document.querySelector<HTMLElement>(heir)?.focus();
  }
  draw();
  return {
    get state() {
      return state;
    },
    update(changes) {
      state = { ...state, ...changes };
      draw();
    },
    reset(kept) {
      state = { ...initial, ...kept };
      draw();
    },
  };
}

const listItems = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.list-item')];

/** The item on which a person stood is not there any more: who walks by keyboard goes on from the one in its place. */
function focusNear(at: number): void {
  const items = listItems();
  const next = items[Math.min(at, items.length - 1)] ?? document.querySelector<HTMLElement>('[type="search"]');
  next?.focus();
}
