import { identityKey, type ChannelAnswer } from './wireMessages.ts';

/**
 * Most unanswered messages of one client that are kept: more than any has open at a time. Further ones replace the
 * oldest of the same client only.
 */
const owedLimit = 20_000;

/** The messages that a page has received and not answered. */
export class OwedAnswers {
  /** By the client that sent them. */
  readonly #questions = new Map<string, Map<string | number, ChannelAnswer>>();

  owe(question: ChannelAnswer): void {
    const asker = identityKey(question.destinationToken);
    const questions = this.#questions.get(asker) ?? new Map<string | number, ChannelAnswer>();
    this.#questions.set(asker, questions);
    const [oldest] = questions.keys();
    if (questions.size >= owedLimit && oldest !== undefined) questions.delete(oldest);
    questions.set(question.correlationId, question);
  }

  /** Whether the page has received this message and not answered it yet. Records the answer. */
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
    // The shared worker would send the answer to the runtime that this member names.
    if ('runtimeUuid' in given.destinationToken) return false;
    questions!.delete(given.correlationId);
    if (questions!.size === 0) this.#questions.delete(asker);
    return true;
  }
}

/** What an answer states of the channel that it comes from. A page may add to it, but not change it. */
const routeOf = (payload: Record<string, unknown> | undefined): string =>
  JSON.stringify(['uuid', 'name', 'channelName', 'channelId', 'endpointId'].map((member) => payload?.[member] ?? null));
