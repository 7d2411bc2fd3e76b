import type { Frame } from 'playwright-core';
import { channelName, protocolVersion } from '../../../src/channel/channelVersion.ts';

/** What an app's own script can send: any action, any payload, without our client's care. */
export interface RawChannel {
  /** The provider's reply; for a dispatch that threw, the error's words. */
  ask(action: string, payload: unknown): Promise<RawReply>;
  /** Text of a JSON payload, so that members such as `__proto__` reach the page as they are. */
  askText(action: string, payload: string): Promise<RawReply>;
}

export interface RawReply {
  ok: boolean;
  data?: unknown;
  error?: { code: string; message: string; status?: number };
  thrown?: string;
}

interface InPage {
  raw?: Record<
    string,
    {
      dispatch(action: string, payload: unknown): Promise<RawReply>;
      providerIdentity: { uuid: string; name: string; channelId: string };
    }
  >;
  fin: {
    me: { identity: { uuid: string; name: string } };
    InterApplicationBus: {
      Channel: {
        connect(
          name: string,
        ): Promise<NonNullable<InPage['raw']>[string] & { register(action: string, listener: () => void): void }>;
      };
    };
  };
}

let channels = 0;

/** Connects to the provider's channel as the app whose frame it is, and says hello, but not who it is. */
export async function connectRaw(frame: Frame): Promise<RawChannel & { name: string }> {
  const name = `raw-${(channels += 1)}`;
  await frame.evaluate(
    async ([at, called]) => {
      const page = window as unknown as InPage;
      const channel = await page.fin.InterApplicationBus.Channel.connect(called);
      channel.register('state', () => undefined);
      (page.raw ??= {})[at] = channel;
    },
    [name, channelName] as const,
  );
  const askText = (action: string, payload: string) =>
    frame.evaluate(
      async ([at, sent, text]) => {
        const { raw } = window as unknown as InPage;
        try {
          return await raw![at]!.dispatch(sent, JSON.parse(text));
        } catch (error) {
          return { ok: false, thrown: String(error) };
        }
      },
      [name, action, payload] as const,
    );
  const ask = (action: string, payload: unknown) => askText(action, JSON.stringify(payload));
  await ask('hello', { protocol: protocolVersion, client: { name: 'raw', version: '1' } });
  return { name, ask, askText };
}

/** Frames the ticket page and asks for a ticket; undefined when that is refused. */
export function fetchRawTicket(
  frame: Frame,
  ticketUrl: string,
  forChannel: string,
  more: object = {},
): Promise<string | undefined> {
  return frame.evaluate(
    ([url, at, added]) =>
      new Promise<string | undefined>((resolve) => {
        const { raw, fin } = window as unknown as InPage;
        const page = document.createElement('iframe');
        page.hidden = true;
        page.src = url;
        const nonce = crypto.randomUUID();
        const end = (ticket?: string) => {
          page.remove();
          resolve(ticket);
        };
        window.addEventListener('message', ({ source, data }: MessageEvent<{ nonce?: string; ticket?: string }>) => {
          // A refusal has the nonce too, and no ticket.
          if (source === page.contentWindow && data.nonce === nonce) end(data.ticket);
        });
        const { uuid, name, channelId } = raw![at]!.providerIdentity;
        const client = { uuid: fin.me.identity.uuid, name: fin.me.identity.name };
        const request = {
          type: 'salesforce-interop.ticketRequest',
          nonce,
          client,
          channel: { uuid, name, channelId },
          ...added,
        };
        page.addEventListener('load', () => page.contentWindow!.postMessage(request, '*'));
        document.body.append(page);
      }),
    [ticketUrl, forChannel, more] as const,
  );
}

/**
 * Whether the ticket page answers such a request before another ticket page, framed afterwards, has given its ticket.
 */
export async function answersRawRequest(
  frame: Frame,
  ticketUrl: string,
  forChannel: string,
  request: object,
): Promise<boolean> {
  await frame.evaluate(
    ([url, sent]) =>
      new Promise<void>((resolve) => {
        const page = Object.assign(document.createElement('iframe'), { src: url, hidden: true });
        const seen = window as unknown as { answered: boolean };
        seen.answered = false;
        window.addEventListener('message', ({ source }) => {
          if (source === page.contentWindow) seen.answered = true;
        });
        page.addEventListener('load', () => {
          page.contentWindow!.postMessage(sent, '*');
          resolve();
        });
        document.body.append(page);
      }),
    [ticketUrl, request] as const,
  );
  if ((await fetchRawTicket(frame, ticketUrl, forChannel)) === undefined)
    throw new Error('Another ticket page got no ticket.');
  return frame.evaluate(() => (window as unknown as { answered: boolean }).answered);
}

/** How many tickets one ticket page gives that is asked so often. */
export async function countTickets(
  frame: Frame,
  ticketUrl: string,
  forChannel: string,
  requests: number,
): Promise<number> {
  await frame.evaluate(
    ([url, at, count]) => {
      const page = Object.assign(document.createElement('iframe'), { src: url, hidden: true });
      const given = window as unknown as InPage & { tickets: number };
      given.tickets = 0;
      window.addEventListener('message', ({ source, data }: MessageEvent<{ ticket?: string }>) => {
        if (source === page.contentWindow && data.ticket !== undefined) given.tickets += 1;
      });
      const { uuid, name, channelId } = given.raw![at]!.providerIdentity;
      const client = { uuid: given.fin.me.identity.uuid, name: given.fin.me.identity.name };
      const request = { type: 'salesforce-interop.ticketRequest', client, channel: { uuid, name, channelId } };
      page.addEventListener('load', () => {
        for (let nonce = 0; nonce < count; nonce += 1)
          page.contentWindow!.postMessage({ ...request, nonce: `n${nonce}` }, '*');
      });
      document.body.append(page);
    },
    [ticketUrl, forChannel, requests] as const,
  );
  await frame.waitForFunction(() => (window as unknown as { tickets: number }).tickets > 0);
  // Orders are answered in their order: what another page asks for afterwards comes after all of them.
  if ((await fetchRawTicket(frame, ticketUrl, forChannel)) === undefined)
    throw new Error('Another ticket page got no ticket.');
  return frame.evaluate(() => (window as unknown as { tickets: number }).tickets);
}

/** Connects, and identifies as the app whose frame it is. */
export async function identifyRaw(frame: Frame, ticketUrl: string): Promise<RawChannel> {
  const channel = await connectRaw(frame);
  const identified = await channel.ask('identify', { ticket: await fetchRawTicket(frame, ticketUrl, channel.name) });
  if (!identified.ok) throw new Error(`The app was not let in: ${JSON.stringify(identified)}`);
  return channel;
}
