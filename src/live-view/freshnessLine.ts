import type { Freshness } from './liveView.ts';

const tickMs = 1_000;

/** What a state is called where it is shown. */
const stateText = {
  live: () => 'Live',
  delayed: (message = 'the org is busy') => `Delayed: ${message}`,
  paused: (message = 'Salesforce cannot be reached') => `Paused: ${message}`,
  signedOut: () => 'Signed out',
};

/** How long ago something was, as people say it. */
export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3_600)} h ago`;
}

/**
 * A quiet line that says how fresh a view is: `Live · updated 12 s ago`. The state is read out when it changes; the
 * age, which ticks, is not.
 */
export class FreshnessLine extends HTMLElement {
  #source: (() => Freshness) | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly #state = document.createElement('span');
  readonly #age = document.createElement('span');

  /** Says how fresh the view is. Asked each second. */
  set source(source: (() => Freshness) | undefined) {
    this.#source = source;
    this.#draw();
  }

  connectedCallback(): void {
    this.#state.setAttribute('role', 'status');
    this.replaceChildren(this.#state, this.#age);
    this.#draw();
    this.#ticking = setInterval(() => this.#draw(), tickMs);
  }

  disconnectedCallback(): void {
    clearInterval(this.#ticking);
  }

  #draw(): void {
    const { state, message, asOf } = this.#source?.() ?? { state: undefined, message: undefined, asOf: undefined };
    // What follows goes on with the sentence.
    const said = state ? stateText[state](message?.replace(/\.$/, '')) : (message ?? '');
    const age = state && asOf ? ` · updated ${agoText(Date.now() - asOf.getTime())}` : '';
    // A live region is read out whenever it is written, changed or not.
    if (this.#state.textContent !== said) this.#state.textContent = said;
    if (this.#age.textContent !== age) this.#age.textContent = age;
    this.dataset['state'] = state ?? '';
  }
}

/** Makes `<freshness-line>` known to the page. */
export function defineFreshnessLine(): void {
  if (!customElements.get('freshness-line')) customElements.define('freshness-line', FreshnessLine);
}
