import { identityKey, type ChannelAnswer } from './wireMessages.ts';

/**
 * Questions of one client that a page never answers; more than any has open at a time. Its next ones take their places,
 * nobody else's.
 */
const owedLimit = 20_000;

/** The questions that one page has been asked and has not answered. */
export class OwedAnswers {
  /** By who has asked. */
  readonly #questions = new Map<string, Map<string | number, ChannelAnswer>>();

  owe(question: ChannelAnswer): void {
    const asker = identityKey(question.destinationToken);
    const questions = this.#questions.get(asker) ?? new Map<string | number, ChannelAnswer>();
    this.#questions.set(asker, questions);
    const [oldest] = questions.keys();
    if (questions.size >= owedLimit && oldest !== undefined) questions.delete(oldest);
    questions.set(question.correlationId, question);
  }

  /** Whether the page was asked this, and has not answered it yet. It has then. */
  mayAnswer(given: ChannelAnswer): boolean {
    const asker = identityKey(given.destinationToken);
    const questions = this.#questions.get(asker);
    const question = questions?.get(given.correlationId);
    if (
      !question ||
      question.originalAction !== given.originalAction ||
      routeOf(question.payload) !== routeOf(given.payload)
    )
      return false;
    // The shared worker would send the answer to the runtime that is named there instead.
    if ('runtimeUuid' in given.destinationToken) return false;
    questions!.delete(given.correlationId);
    if (questions!.size === 0) this.#questions.delete(asker);
    return true;
  }
}

/** What an answer says of the channel it comes from: it may be added to, but not changed. */
const routeOf = (payload: Record<string, unknown> | undefined): string =>
  JSON.stringify(['uuid', 'name', 'channelName', 'channelId', 'endpointId'].map((member) => payload?.[member] ?? null));
