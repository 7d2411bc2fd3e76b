/**
 * Messages that pages send each other by `postMessage`, beside the channel: between an app and the ticket page in its
 * frame, and from a provider that cannot start to the page that frames it.
 */
import { z } from '../zod.ts';

const identifier = z.string().min(1).max(200);
/** Identity of a page, as the runtime states it (`fin.me.identity`). */
export const clientIdentity = z.object({ uuid: identifier, name: identifier });
/** Identity of the page that created a channel, and the id that the runtime gave the channel. */
export const channelIdentity = clientIdentity.extend({ channelId: identifier });

const nonce = identifier.describe('of the request, chosen by the app');

export const ticketRequest = z
  .object({
    type: z.literal('salesforce-interop.ticketRequest'),
    nonce: nonce.describe('chosen by the app, new for each request; the answer repeats it'),
    client: clientIdentity.describe(
      'who the runtime says that this page is: `fin.me.identity`. Only that client can use the ticket',
    ),
    channel: channelIdentity.describe(
      "`providerIdentity` of the channel that this page has connected to; there is a ticket for the provider's own only",
    ),
  })
  .describe(
    "From an app to the ticket page, once that has loaded (one page answers one request), or to the provider's page where `hello` has said which frame that is, with the origin of `ticketUrl` as target origin. It may transfer one end of a `MessageChannel`, which becomes the [lane](#the-lane) of the client that redeems the ticket.",
  );

export const ticketReply = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('salesforce-interop.ticket'),
      nonce,
      ticket: z.string().describe('for `identify`; good once, and for a minute'),
    }),
    z.object({
      type: z.literal('salesforce-interop.ticketRefused'),
      nonce,
      reason: z
        .enum(['foreignChannel', 'tooMany'])
        .describe(
          "`foreignChannel`: the channel is not the provider's; `tooMany`: this origin has had too many in the last ten seconds",
        ),
    }),
  ])
  .describe('To the window that has asked, and to the origin that the browser says it is of.');

export const providerFailed = z
  .object({
    type: z.literal('salesforce-interop.providerFailed'),
    message: z.string().describe('one sentence'),
    problems: z.array(z.string()).describe('paths of the configuration that are wrong, each with what is wrong there'),
  })
  .describe(
    "From the provider's page to the page that frames it: it cannot start. Nothing else will come, on the channel neither.",
  );
