let answers: Promise<typeof import('./answerIntent.ts')> | undefined;

/**
 * Loads what answers intents with the first of them: names, addresses and telephone numbers are read by libraries that
 * are larger than all else here. One promise for all, so that whoever has asked first goes on first.
 */
export function loadAnswers(): Promise<typeof import('./answerIntent.ts')> {
  answers ??= import('./answerIntent.ts').catch((error: unknown) => {
    answers = undefined;
    throw error;
  });
  return answers;
}
