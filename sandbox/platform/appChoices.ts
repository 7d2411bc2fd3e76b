/** Asks the person which of several apps shall do what an intent asks for: one question after the other. */
import type { IntentChoice, IntentRoutingOptions } from '../../src/core-web/intentRouting.ts';
import type { RememberedApps } from './rememberedApps.ts';

export interface AppQuestion {
  choices: readonly IntentChoice[];
  /** The app that asks. */
  raiser: string;
  /** @param choice null: none of them */
  pick(choice: IntentChoice | null, remember: boolean): void;
}

interface AppChoicesOptions {
  remembered: Pick<RememberedApps, 'recall' | 'keep'>;
  /** Shows a question, or none. */
  show(question: AppQuestion | undefined): void;
}

/** The same choice among the same apps; where another app can do it too, the person is asked again. */
const questionOf = (choices: readonly IntentChoice[], intent: string | undefined, contextType: string): string =>
  JSON.stringify([intent ?? null, contextType, [...new Set(choices.map(({ app }) => app.appId))].sort()]);

export class AppChoices {
  readonly #options: AppChoicesOptions;
  #last: Promise<unknown> = Promise.resolve();
  #asking: ((choice: null) => void) | undefined;
  #visit = 0;

  constructor(options: AppChoicesOptions) {
    this.#options = options;
  }

  readonly choose: IntentRoutingOptions['choose'] = (choices, { intent, contextType, raiser }) => {
    const visit = this.#visit;
    const question = questionOf(choices, intent, contextType);
    const chosen = this.#last.then(async () => {
      const known = await this.#options.remembered.recall(question);
      if (visit !== this.#visit) return null;
      const same = choices.find((choice) => choice.app.appId === known?.appId && choice.intent === known.intent);
      return same ?? this.#ask(choices, raiser?.app.title ?? 'An app', question);
    });
    this.#last = chosen.catch(() => undefined);
    return chosen;
  };

  /** Nothing that was asked for one person is answered by the next. */
  personLeft(): void {
    this.#visit += 1;
    this.#asking?.(null);
  }

  async #ask(choices: readonly IntentChoice[], raiser: string, question: string): Promise<IntentChoice | null> {
    const { remembered, show } = this.#options;
    const { choice, remember } = await new Promise<{ choice: IntentChoice | null; remember: boolean }>((resolve) => {
      const pick: AppQuestion['pick'] = (choice, remember) => resolve({ choice, remember });
      this.#asking = () => pick(null, false);
      show({ choices, raiser, pick });
    });
    this.#asking = undefined;
    show(undefined);
    if (choice && remember) await remembered.keep(question, { appId: choice.app.appId, intent: choice.intent });
    return choice;
  }
}
