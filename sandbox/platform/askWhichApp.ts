/** The question which of several apps shall act, on the platform page. */
import { AppChoices, type AppQuestion } from './appChoices.ts';
import { paneOf } from './paneOf.ts';
import type { PlatformState } from './platformState.ts';
import { RememberedApps } from './rememberedApps.ts';

interface WhichAppOptions {
  person: () => string | undefined;
  /** Brings a pane to the front. */
  activate(pane: string): void;
  update(changes: Pick<Partial<PlatformState>, 'choosing' | 'rememberedApps'>): void;
}

const frameOf = (pane: string) => document.querySelector<HTMLElement>(`iframe[data-pane="${CSS.escape(pane)}"]`);

/** Asks in a dialog; keeps what the person wants from now on, and counts it for the bar. */
export function askWhichApp({ person, activate, update }: WhichAppOptions) {
  const remembered = new RememberedApps(localStorage, person);
  const count = async () => update({ rememberedApps: await remembered.count() });
  /** Where the person was when they were asked; they go on there, or in the pane of the app that they have chosen. */
  let askedAt: Element | null = null;

  const choices = new AppChoices({
    remembered: {
      recall: (question) => remembered.recall(question),
      async keep(question, app) {
        await remembered.keep(question, app);
        await count();
      },
    },
    show(question) {
      if (question) askedAt = document.activeElement;
      else document.querySelector<HTMLDialogElement>('dialog.chooser')?.close();
      update({ choosing: question && { ...question, pick: (choice, remember) => pick(question, choice, remember) } });
      if (!question && askedAt instanceof HTMLElement) askedAt.focus();
    },
  });

  function pick(question: AppQuestion, ...[choice, remember]: Parameters<AppQuestion['pick']>): void {
    question.pick(choice, remember);
    const pane = choice?.instance && paneOf(choice.instance);
    if (pane === undefined) return;
    activate(pane);
    askedAt = frameOf(pane);
  }

  return {
    choose: choices.choose,
    count,
    async forget(): Promise<void> {
      await remembered.forget();
      await count();
    },
    personLeft(): void {
      choices.personLeft();
      remembered.personLeft();
    },
  };
}
