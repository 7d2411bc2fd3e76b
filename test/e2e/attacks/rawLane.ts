import type { Frame } from 'playwright-core';

/** What an app's own script can do with a port that it has sent to the ticket page, without our client's care. */
export interface RawLane {
  /** The ticket that came with it; undefined when that was refused. */
  ticket: string | undefined;
  post(message: unknown): Promise<void>;
  /** The outcome of a request. */
  ask(request: object): Promise<RawOutcome>;
  /** Until the other end says that the lane can be used. */
  opened(): Promise<void>;
  /** Until the other end says that the lane has ended. */
  closed(): Promise<void>;
  /** Whether the other end has ever said anything. */
  hasHeard(): Promise<boolean>;
}

export interface RawOutcome {
  ok: boolean;
  data?: { status: number };
  error?: { code: string };
}

interface InPage {
  raw?: Record<string, { providerIdentity: { uuid: string; name: string; channelId: string } }>;
  fin?: { me: { identity: { uuid: string; name: string } } };
  rawLanes?: Record<string, { port: MessagePort; received: { kind: string; requestId?: string }[] }>;
}

let lanes = 0;

/**
 * Frames the ticket page and sends a port with the request.
 *
 * @param forChannel name of a channel of `connectRaw`; none for a page that has joined no desktop
 * @param more members of the request that are put in place of the true ones
 * @returns when the ticket page has answered, or its frame has loaded something else and was removed
 */
export async function openRawLane(
  frame: Frame,
  ticketUrl: string,
  forChannel?: string,
  more: object = {},
): Promise<RawLane> {
  const key = `lane-${(lanes += 1)}`;
  const ticket = await frame.evaluate(
    ([at, url, channelKey, added]) =>
      new Promise<string | undefined>((resolve) => {
        const page = window as unknown as InPage;
        const { port1, port2 } = new MessageChannel();
        const lane = { port: port1, received: [] as { kind: string }[] };
        (page.rawLanes ??= {})[at] = lane;
        port1.onmessage = ({ data }: MessageEvent<{ kind: string }>) => lane.received.push(data);
        const { uuid, name, channelId } = page.raw?.[channelKey]?.providerIdentity ?? {
          uuid: 'u',
          name: 'n',
          channelId: 'c',
        };
        const identity = page.fin?.me.identity ?? { uuid: 'u', name: 'n' };
        const nonce = crypto.randomUUID();
        const request = {
          type: 'salesforce-interop.ticketRequest',
          nonce,
          client: { uuid: identity.uuid, name: identity.name },
          channel: { uuid, name, channelId },
          ...added,
        };
        const element = document.createElement('iframe');
        element.hidden = true;
        element.src = url;
        const end = (given?: string) => {
          element.remove();
          resolve(given);
        };
        window.addEventListener('message', ({ source, data }: MessageEvent<{ nonce?: string; ticket?: string }>) => {
          if (source === element.contentWindow && data.nonce === nonce) end(data.ticket);
        });
        element.addEventListener('load', () => {
          // A page that may not be framed is replaced by one of the browser's.
          const isThere = Array.from({ length: window.length }, (_, index) => window[index]).includes(
            element.contentWindow!,
          );
          element.contentWindow!.postMessage(request, '*', [port2]);
          if (!isThere || added.isRefused) setTimeout(end);
        });
        document.body.append(element);
      }),
    [key, ticketUrl, forChannel ?? '', more as { isRefused?: boolean }] as const,
  );
  const post = (message: unknown) =>
    frame.evaluate(([at, sent]) => (window as unknown as InPage).rawLanes![at]!.port.postMessage(sent), [
      key,
      message,
    ] as const);
  const said = (kind: string) =>
    frame
      .waitForFunction(
        ([at, wanted]) => (window as unknown as InPage).rawLanes![at]!.received.at(-1)?.kind === wanted,
        [key, kind] as const,
      )
      .then(() => undefined);
  return {
    ticket,
    post,
    closed: () => said('closed'),
    async ask(request) {
      const requestId = `raw-${(lanes += 1)}`;
      await post({ kind: 'execute', requestId, ...request });
      const answer = await frame.waitForFunction(
        ([at, id]) => (window as unknown as InPage).rawLanes![at]!.received.find((message) => message.requestId === id),
        [key, requestId] as const,
      );
      return ((await answer.jsonValue()) as unknown as { outcome: RawOutcome }).outcome;
    },
    opened: () => said('open'),
    hasHeard: () => frame.evaluate((at) => (window as unknown as InPage).rawLanes![at]!.received.length > 0, key),
  };
}
