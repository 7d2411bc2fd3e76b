import type { Page } from 'playwright-core';
import { receiveName, type WireAnswer, type WindowIdentity } from './wire.ts';

export type WindowOptions = Record<string, unknown> & { name: string; url: string };

export interface Bounds {
  left?: number;
  top?: number;
  width?: number;
  height?: number;
}

/** One window of the runtime: a real page, and whether a person would see it. */
export class ContainerWindow {
  readonly identity: WindowIdentity;
  readonly options: WindowOptions;
  readonly page: Page;
  readonly isMain: boolean;
  shown = false;
  /** Whether it was ever visible. */
  wasShown = false;
  /** How often it was put in front of all others. */
  broughtToFront = 0;
  closed = false;
  /** URL to which the application itself navigates the window. Its content rules do not apply to that. */
  sentTo: string | undefined;
  readonly #onTold: (text: string) => void;
  #moved: Bounds = {};

  /** @param onTold Gets all that the runtime sends to the page. */
  constructor(
    identity: WindowIdentity,
    options: WindowOptions,
    page: Page,
    isMain: boolean,
    onTold: (text: string) => void,
  ) {
    this.identity = identity;
    this.options = options;
    this.page = page;
    this.isMain = isMain;
    this.#onTold = onTold;
  }

  get uuid(): string {
    return this.identity.uuid;
  }

  get name(): string {
    return this.identity.name;
  }

  /** URL of its page, or the last one before it closed. */
  get url(): string {
    return this.page.url();
  }

  /** Sets some of left, top, width and height. */
  moveTo(bounds: Bounds): void {
    this.#moved = { ...this.#moved, ...bounds };
  }

  get bounds() {
    const size = (name: string, fallback: number): number => {
      const value = this.options[name];
      return typeof value === 'number' ? value : fallback;
    };
    const { left, top, width, height } = {
      left: size('defaultLeft', 100),
      top: size('defaultTop', 100),
      width: size('defaultWidth', 800),
      height: size('defaultHeight', 600),
      ...this.#moved,
    };
    return { left, top, width, height, right: left + width, bottom: top + height };
  }

  /**
   * Asks the page and waits for its answer. A page that goes away meanwhile never answers, as in the runtime.
   *
   * @throws the error that the page's code threw.
   */
  async ask(kind: string, message: object): Promise<unknown> {
    const text = JSON.stringify({ kind, ...message });
    this.#onTold(text);
    let answer: WireAnswer;
    try {
      answer = JSON.parse(
        await this.page.evaluate(
          ([receive, text]) => (window as unknown as Record<string, (text: string) => Promise<string>>)[receive]!(text),
          [receiveName, text] as const,
        ),
      ) as WireAnswer;
    } catch {
      return new Promise(() => undefined);
    }
    if (!answer.error) return answer.value;
    throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
  }

  /** Tells the page something; nobody waits for it. */
  tell(kind: string, message: object): void {
    this.ask(kind, message).catch(() => undefined);
  }
}
