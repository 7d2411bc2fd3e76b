import type { Outcome } from '../../src/outcomes/failure.ts';
import type { LiveNews } from '../../src/channel/liveMessages.ts';
import type { ApiAnswer } from '../../src/worker/pipeline/apiAnswer.ts';
import type { DoorCaller } from '../../src/worker/pipeline/door.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { until } from './until.ts';

interface Received {
  kind: string;
  requestId?: string;
  outcome?: Outcome<ApiAnswer>;
  subscriptionId?: string;
  news?: LiveNews;
}

/** What a page does with its end of a lane. */
export class PageEnd {
  readonly received: Received[] = [];
  get isClosed(): boolean {
    return this.received.at(-1)?.kind === 'closed';
  }
  readonly #port: MessagePort;
  #requests = 0;

  /** Opens a lane of a caller, whose page has this end of it. */
  static async open(worker: Pick<TokenWorker, 'openLane'>, caller: DoorCaller): Promise<PageEnd> {
    const { port1, port2 } = new MessageChannel();
    const page = new PageEnd(port1);
    await worker.openLane(caller, port2);
    return page;
  }

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }) => this.received.push(data as Received);
  }

  post(message: unknown): void {
    this.#port.postMessage(message);
  }

  async answerTo(requestId: string): Promise<Outcome<ApiAnswer>> {
    const find = () => this.received.find((message) => message.requestId === requestId)?.outcome;
    await until(() => find() !== undefined);
    return find()!;
  }

  ask(request: object): Promise<Outcome<ApiAnswer>> {
    const requestId = `request-${(this.#requests += 1)}`;
    this.post({ kind: 'execute', requestId, ...request });
    return this.answerTo(requestId);
  }

  /** News of a subscription of this page so far. */
  newsOf(subscriptionId: string): LiveNews[] {
    return this.received.flatMap((message) => (message.subscriptionId === subscriptionId ? [message.news!] : []));
  }

  close(): void {
    this.#port.close();
  }
}
