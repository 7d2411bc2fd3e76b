/**
 * One end of a `MessagePort` over which two pages ask each other, as over an OpenFin channel where there is no OpenFin.
 * Not comlink: that lets the other end read, set and construct along any path of properties, and here nothing but an
 * action with its data shall cross.
 */
import { z } from '../../zod.ts';

const id = z.string().min(1).max(100);
/** What crosses the port; what an action's data and replies are is for whoever handles it. */
const portMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), id, action: z.string().min(1).max(100), payload: z.unknown() }),
  z.object({ kind: z.literal('answer'), id, reply: z.unknown() }),
  z.object({ kind: z.literal('fault'), id }),
  z.object({ kind: z.literal('end') }),
]);

interface PortPeerOptions {
  /** Answers what the other end asks. If it throws, the other end learns no more than that. */
  answer: (action: string, payload: unknown) => unknown;
  /** Called once when the other end has gone, and not when this one ends it. */
  onEnded: () => void;
}

export class PortPeer {
  readonly #port: MessagePort;
  readonly #options: PortPeerOptions;
  readonly #asked = new Map<string, { resolve: (reply: unknown) => void; reject: (error: Error) => void }>();
  #isOver = false;

  constructor(port: MessagePort, options: PortPeerOptions) {
    this.#port = port;
    this.#options = options;
    // HTML, "MessagePort": `close` is sent when the document at the other end is gone.
    port.addEventListener('close', () => this.#otherEndGone());
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = portMessage.safeParse(data);
      if (message.success) this.#take(message.data);
    };
  }

  /**
   * Asks the other end.
   *
   * @returns its reply, unchecked
   * @throws Error when it has no answer, or has gone
   */
  async ask(action: string, payload: unknown): Promise<unknown> {
    if (this.#isOver) throw gone();
    const asked = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      this.#asked.set(asked, { resolve, reject });
      this.#send({ kind: 'ask', id: asked, action, payload });
    });
  }

  /** Lets go of the other end, and tells it. */
  end(): void {
    if (this.#isOver) return;
    this.#send({ kind: 'end' });
    this.#close();
  }

  #take(message: z.output<typeof portMessage>): void {
    if (message.kind === 'end') return this.#otherEndGone();
    if (message.kind === 'ask') return void this.#answer(message);
    const waiting = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.reply);
    else waiting?.reject(new Error('The other page could not answer.'));
  }

  async #answer({ id: asked, action, payload }: { id: string; action: string; payload: unknown }): Promise<void> {
    try {
      this.#send({ kind: 'answer', id: asked, reply: await this.#options.answer(action, payload) });
    } catch {
      this.#send({ kind: 'fault', id: asked });
    }
  }

  #send(message: z.input<typeof portMessage>): void {
    if (!this.#isOver) this.#port.postMessage(message);
  }

  #otherEndGone(): void {
    if (this.#isOver) return;
    this.#close();
    this.#options.onEnded();
  }

  #close(): void {
    this.#isOver = true;
    this.#port.close();
    for (const { reject } of this.#asked.values()) reject(gone());
    this.#asked.clear();
  }
}

/** In the words by which the client knows that a channel has ended. */
const gone = (): Error => new Error('This page is no longer connected to the provider.');
