/** A page as state and a view of it: each change of the state draws it again. */
import { render, type TemplateResult } from 'lit';
import { startAnewWhenShownAgain } from '../../src/startAnew.ts';

export interface PageView<State> {
  readonly state: State;
  update(changes: Partial<State>): void;
  /** Forgets everything but this: back to how the page began. */
  reset(kept: Partial<State>): void;
}

/** Draws `view(state)` into the page's root element, now and after every update. */
export function showPage<State extends object>(
  initial: State,
  view: (state: State) => TemplateResult,
): PageView<State> {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id "root".');
  startAnewWhenShownAgain();
  let state = initial;
  render(view(state), root);
  return {
    get state() {
      return state;
    },
    update(changes) {
      state = { ...state, ...changes };
      render(view(state), root);
    },
    reset(kept) {
      state = { ...initial, ...kept };
      render(view(state), root);
    },
  };
}
