import type { Frame } from 'playwright-core';

/**
 * What a page gets when it speaks to HERE's shared worker itself, without core-web: the port, under whatever name it
 * likes.
 */
export interface RawClient {
  identity: { uuid: string; name: string };
  /** Sends one message of the wire as it is; the answer to it, or undefined where none comes within two seconds. */
  send(action: string, payload: unknown, changes?: object): Promise<WireAnswer | undefined>;
  /** Puts something else than a wire message on the port. */
  post(data: unknown): Promise<void>;
  /** Everything that came by itself. */
  received(): Promise<{ action: string; payload?: { type?: string } }[]>;
  /** Removes the broker's frame. */
  leave(): Promise<void>;
}

export interface WireAnswer {
  action: 'ack';
  payload: { success: boolean; reason?: string; data?: Record<string, unknown> };
}

interface InPage {
  rawClients?: Record<
    string,
    {
      port: MessagePort;
      frame: HTMLIFrameElement;
      received: unknown[];
      waiting: Map<string, (answer: WireAnswer) => void>;
    }
  >;
}

let clients = 0;

/**
 * Frames the platform's broker page as core-web does and asks to join under an identity of the page's choice.
 *
 * @param frameName put in place of what core-web writes there
 * @returns the reason of a refusal, `no answer` within twenty seconds, or the client
 */
export async function joinRaw(
  frame: Frame,
  brokerUrl: string,
  identity: { uuid: string; name: string },
  frameName?: string,
): Promise<RawClient | string> {
  const at = `client-${(clients += 1)}`;
  const name = frameName ?? `of-broker<${btoa(JSON.stringify(identity))}>`;
  const refusal = await frame.evaluate(
    ([key, url, called]) =>
      new Promise<string | undefined>((resolve) => {
        const page = window as unknown as InPage;
        const broker = document.createElement('iframe');
        broker.hidden = true;
        broker.name = called;
        broker.src = url;
        window.addEventListener(
          'message',
          ({ source, data, ports }: MessageEvent<{ topic?: string; success?: boolean; reason?: string }>) => {
            if (source !== broker.contentWindow || data.topic !== 'ack-web-broker-ports-ready') return;
            if (!data.success) return resolve(data.reason ?? 'refused without a reason');
            const port = ports[1]!;
            const client = {
              port,
              frame: broker,
              received: [] as unknown[],
              waiting: new Map<string, (answer: WireAnswer) => void>(),
            };
            port.addEventListener('message', (event: MessageEvent<{ message?: string }>) => {
              const message = JSON.parse(event.data.message ?? '{}') as WireAnswer & { correlationId?: string };
              const answered =
                message.correlationId === undefined ? undefined : client.waiting.get(message.correlationId);
              if (answered) answered(message);
              else client.received.push(message);
            });
            port.start();
            (page.rawClients ??= {})[key] = client;
            resolve(undefined);
          },
        );
        document.body.append(broker);
        setTimeout(() => resolve('no answer'), 20_000);
      }),
    [at, brokerUrl, name] as const,
  );
  if (refusal !== undefined) return refusal;

  return {
    identity,
    send: (action, payload, changes = {}) =>
      frame.evaluate(
        ([key, sent]) => {
          const { port, waiting } = (window as unknown as InPage).rawClients![key]!;
          const message = { messageId: crypto.randomUUID(), ...sent };
          return new Promise<WireAnswer | undefined>((resolve) => {
            waiting.set(message.messageId, resolve);
            port.postMessage({ topic: 'wire-message', message: JSON.stringify(message) });
            setTimeout(resolve, 20_000);
          });
        },
        [at, { action, payload, ...changes }] as const,
      ),
    post: (data) =>
      frame.evaluate(([key, sent]) => (window as unknown as InPage).rawClients![key]!.port.postMessage(sent), [
        at,
        data,
      ] as const),
    received: () =>
      frame.evaluate(
        (key) =>
          (window as unknown as InPage).rawClients![key]!.received as { action: string; payload?: { type?: string } }[],
        at,
      ),
    leave: () => frame.evaluate((key) => (window as unknown as InPage).rawClients![key]!.frame.remove(), at),
  };
}

/** The same, where joining has to succeed. */
export async function joinedRaw(frame: Frame, brokerUrl: string, identity = freshIdentity()): Promise<RawClient> {
  const joined = await joinRaw(frame, brokerUrl, identity);
  if (typeof joined === 'string') throw new Error(`The client was not let in: ${joined}`);
  return joined;
}

export function freshIdentity(): { uuid: string; name: string } {
  const uuid = crypto.randomUUID();
  return { uuid, name: uuid };
}
