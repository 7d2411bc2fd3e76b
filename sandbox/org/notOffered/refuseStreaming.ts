import type { Context } from 'koa';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const message = z.looseObject({ channel: z.string(), id: z.string().optional() });
const messages = z.union([z.array(message), message.transform((one) => [one])]);

const WHY = '403::This embedded org offers no streaming';

/**
 * Refuses `/cometd/66.0` as Bayeux does: one answer for each message, with the advice not to come back (Bayeux 1.0,
 * §3.4 and §5; the form of a refused handshake is the one that jsforce's `AuthFailure` extension documents).
 */
export async function refuseStreaming(ctx: Context): Promise<void> {
  const asked = messages.safeParse(parse(await text(ctx.req)));
  if (!asked.success) {
    ctx.status = 400;
    ctx.set('Content-Type', 'text/html;charset=utf-8');
    ctx.body = '<h1>HTTP ERROR 400</h1><p>Reason: not a list of Bayeux messages</p>';
    return;
  }
  ctx.status = 200;
  ctx.set('Content-Type', 'application/json;charset=UTF-8');
  ctx.body = JSON.stringify(
    asked.data.map(({ channel, id }) => ({
      ...(id === undefined ? {} : { id }),
      channel,
      successful: false,
      error: channel === '/meta/handshake' ? '403::Handshake denied' : '403::Unknown client',
      ext: { sfdc: { failureReason: WHY }, replay: true },
      advice: { reconnect: 'none' },
    })),
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
