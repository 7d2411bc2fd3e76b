import type { Http2ServerResponse } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Next } from 'koa';
import { faultAnswer, type FaultAnswer } from './faultAnswers.ts';
import type { Fault, PlannedFault } from './faultPlan.ts';

/** Faults of the network, which pages meet without CORS headers and already in the preflight. */
export function isOfTheNetwork(fault: Fault): boolean {
  return ['drop', 'captive-portal'].includes(fault.kind) || (fault.kind === 'redirect' && !fault.cors);
}

/** Lets a request meet its fault: before the org does its work, instead of that, or after it. */
export async function applyFault({ fault, cleared }: PlannedFault, ctx: Context, next: Next): Promise<void> {
  const isAfterWork = 'afterWork' in fault && fault.afterWork;
  if (isAfterWork || altersRealAnswer(fault)) await next();
  switch (fault.kind) {
    case 'drop':
      cut(ctx);
      return;
    case 'hang':
      if (await isReleased(ctx, cleared)) await (isAfterWork ? undefined : next());
      else ctx.respond = false;
      return;
    case 'delay':
      await sleep(fault.milliseconds);
      await next();
      return;
    case 'cut-short':
      await cutShort(ctx);
      return;
    case 'malformed-json':
      ctx.body = (await bodyOf(ctx)).subarray(0, -1);
      return;
    case 'wrong-type':
      ctx.set('Content-Type', fault.contentType);
      return;
    case 'change-members':
      changeMembers(ctx, fault.members);
      return;
    default:
      write(ctx, faultAnswer(ctx, fault), isOfTheNetwork(fault));
  }
}

/** Waits for the fault to be cleared. @returns False when the client has gone away before. */
function isReleased(ctx: Context, cleared: Promise<void>): Promise<boolean> {
  const isGone = new Promise<boolean>((resolve) => ctx.res.once('close', () => resolve(true)));
  return Promise.race([cleared.then(() => true), isGone.then(() => false)]);
}

function altersRealAnswer({ kind }: Fault): boolean {
  return ['cut-short', 'malformed-json', 'wrong-type', 'change-members'].includes(kind);
}

function write(ctx: Context, answer: FaultAnswer | undefined, isOfNetwork: boolean): void {
  if (!answer) throw new Error('The fault has no answer');
  if (isOfNetwork) for (const name of Object.keys(ctx.response.headers)) ctx.remove(name);
  ctx.remove('Content-Encoding');
  ctx.status = answer.status;
  ctx.body = answer.body;
  ctx.set({ ...answer.headers });
  ctx.set('Content-Type', answer.contentType);
}

function cut(ctx: Context): void {
  ctx.respond = false;
  endConnection(ctx);
}

/** Announces the whole answer, sends half of it, and ends the connection. */
async function cutShort(ctx: Context): Promise<void> {
  const body = await bodyOf(ctx);
  ctx.respond = false;
  ctx.res.setHeader('Content-Length', body.length);
  ctx.res.write(body.subarray(0, Math.floor(body.length / 2)), () => endConnection(ctx));
}

/**
 * Ends the connection after what was written. The request of HTTP/2 stands for its stream alone, beside others of the
 * same connection.
 */
function endConnection({ req, res }: Context): void {
  const { session } = 'stream' in res ? (res as unknown as Http2ServerResponse).stream : {};
  (session?.socket ?? req.socket).destroySoon();
}

async function bodyOf({ body }: Context): Promise<Buffer> {
  if (body instanceof Readable) return buffer(body);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
}

/** Sets members of a JSON object answer; null takes one away. Other answers stay as they are. */
function changeMembers(ctx: Context, members: Readonly<Record<string, unknown>>): void {
  const { type, body } = ctx.response;
  if (type !== 'application/json' || typeof body !== 'string') return;
  const object = { ...(JSON.parse(body) as Record<string, unknown>), ...members };
  const kept = Object.entries(object).filter(([, value]) => value !== null);
  ctx.body = JSON.stringify(Object.fromEntries(kept));
  ctx.set('Content-Type', 'application/json;charset=UTF-8');
}
