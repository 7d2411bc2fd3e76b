/**
 * A client of the provider, written from `docs/protocol.md` and nothing else, for a page on HERE Core Web. It runs in
 * the page as it stands here, so it imports nothing.
 */

interface Channel {
  providerIdentity: { uuid: string; name: string; channelId: string };
  dispatch(action: string, payload: unknown): Promise<Outcome>;
  register(action: string, listener: (payload: unknown) => unknown): void;
}

type Outcome = { ok: true; data: never } | { ok: false; error: { code: string; message: string } };

interface Fin {
  me: { identity: { uuid: string; name: string } };
  InterApplicationBus: { Channel: { connect(name: string): Promise<Channel> } };
}

export interface Read {
  user: unknown;
  status: number;
  records: unknown;
  /** The state messages that came until the record was read. */
  states: { state: string; sessionId: string }[];
  sessionId: string;
  /** How leaving was answered. */
  left: unknown;
}

/** Signs in, reads what a query finds, and leaves. */
export async function readByQuery({ fin, query }: { fin: Fin; query: string }): Promise<Read> {
  const states: Read['states'] = [];
  const channel = await fin.InterApplicationBus.Channel.connect('salesforce-interop');
  channel.register('state', (event) => void states.push(event as Read['states'][number]));

  const ask = async <Reply>(action: string, payload: object): Promise<Reply> => {
    const outcome = await channel.dispatch(action, payload);
    if (!outcome.ok) throw new Error(`${action}: ${outcome.error.code} ${outcome.error.message}`);
    return outcome.data;
  };

  const fetchTicket = (ticketUrl: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { origin } = new URL(ticketUrl);
      const nonce = crypto.randomUUID();
      const frame = document.createElement('iframe');
      const { uuid, name, channelId } = channel.providerIdentity;
      const request = {
        type: 'salesforce-interop.ticketRequest',
        nonce,
        channel: { uuid, name, channelId },
        client: { uuid: fin.me.identity.uuid, name: fin.me.identity.name },
      };
      window.addEventListener(
        'message',
        ({
          source,
          origin: from,
          data,
        }: MessageEvent<{ type: string; nonce: string; ticket: string; reason: string }>) => {
          if (source !== frame.contentWindow || from !== origin || data.nonce !== nonce) return;
          frame.remove();
          if (data.type === 'salesforce-interop.ticket') resolve(data.ticket);
          else reject(new Error(data.reason));
        },
      );
      frame.hidden = true;
      frame.src = ticketUrl;
      frame.addEventListener('load', () => frame.contentWindow!.postMessage(request, origin));
      document.body.append(frame);
    });

  const hello = { protocol: { major: 1, minor: 0 }, client: { name: 'tiny', version: '1' } };
  const { identification } = await ask<{ identification: { kind: string; ticketUrl: string } }>('hello', hello);
  if (identification.kind === 'ticket') await ask('identify', { ticket: await fetchTicket(identification.ticketUrl) });

  const { sessionId, currentUser } = await ask<{ sessionId: string; currentUser: Record<string, unknown> }>('connect', {
    requestId: crypto.randomUUID(),
  });
  const endpoint = `/services/data/vXX.X/query?q=${encodeURIComponent(query)}`;
  const { status, body } = await ask<{ status: number; body: { kind: string; value: { records: unknown } } }>(
    'execute',
    { requestId: crypto.randomUUID(), sessionId, endpoint },
  );
  const left = await ask('disconnect', { sessionId });
  return { user: currentUser['Name'], status, records: body.value.records, states, sessionId, left };
}
