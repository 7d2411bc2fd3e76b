import { OwedAnswers } from './owedAnswers.ts';
import { PageChannels } from './pageChannels.ts';
import type { OutboundMessage } from './wireMessages.ts';

/** The guard's state of one page. The rules of both directions read and change it. */
export class PageState {
  /**
   * The page's requests that were not answered yet. The shared worker sends an answer to the page that has the asking
   * identity then, which may be another one.
   */
  readonly asked = new Map<string | number, OutboundMessage['action']>();
  /** Those that ask for a connection, each with the name of its channel. */
  readonly #connecting = new Map<string | number, string>();
  #unanswerable: (string | number)[] = [];
  readonly channels = new PageChannels();
  readonly owed = new OwedAnswers();

  asks(request: Extract<OutboundMessage, { messageId: unknown }>): void {
    this.asked.set(request.messageId, request.action);
    if (request.action === 'connect-to-channel') this.#connecting.set(request.messageId, request.payload.channelName);
  }

  answered(messageId: string | number): void {
    this.asked.delete(messageId);
    this.#connecting.delete(messageId);
  }

  /**
   * A channel of another page is gone. The shared worker has passed on to that page what asked for a connection, and
   * answers for nobody.
   */
  channelGone(channelId: string | undefined, channelName: string | undefined): void {
    this.channels.channelGone(channelId);
    for (const [messageId, name] of this.#connecting) {
      if (name !== channelName) continue;
      this.answered(messageId);
      this.#unanswerable.push(messageId);
    }
  }

  /** The requests that nobody will answer any more, each of them once. */
  takeUnanswerable(): readonly (string | number)[] {
    const taken = this.#unanswerable;
    this.#unanswerable = [];
    return taken;
  }
}
