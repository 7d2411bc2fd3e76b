import type { z } from 'zod';
import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import {
  clientActions,
  failureSchema,
  providerActions,
  providerReplies,
  type ProviderAction,
} from '../../src/channel/protocol.ts';
import {
  laneCancel,
  laneExecute,
  laneLook,
  laneMessage,
  laneReply,
  laneSubscribe,
  laneUnsubscribe,
} from '../../src/channel/laneMessages.ts';
import { providerFailed, ticketReply, ticketRequest } from '../../src/channel/windowMessages.ts';
import { appActions } from '../appActions.ts';
import { jsonSchema, type JsonSchema } from './jsonSchema.ts';
import { typeText } from './typeText.ts';

/** Types that have a name on the page, in the order in which they were met. */
const named = new Map<string, JsonSchema>();

/** A schema whose named types are described elsewhere on the page. */
function read(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $defs = {}, ...own } = jsonSchema(schema, io);
  for (const [name, one] of Object.entries($defs)) named.set(name, one);
  return own;
}

const code = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``;
const declared = (name: string, schema: JsonSchema): string => {
  const text = typeText(schema);
  return `type ${name} =${text.startsWith('\n') ? '' : ' '}${text};`;
};

function actionOfClient(action: ProviderAction): string {
  const request = read(providerActions[action], 'input');
  const reply = read(providerReplies[action], 'output');
  return `### \`${action}\`\n\n${request.description}\n\n${code(`${declared('Payload', request)}\n${declared('Reply', reply)}`)}`;
}

function actionOfProvider(action: keyof typeof clientActions): string {
  const message = read(clientActions[action], 'output');
  const { description } = clientActions[action].meta() ?? {};
  return `### \`${action}\`\n\n${description}\n\n${code(declared('Payload', message))}`;
}

function windowMessage(name: string, schema: z.ZodType, io: 'input' | 'output'): string {
  const { description, ...own } = read(schema, io);
  return `${description}\n\n${code(declared(name, own))}`;
}

const forRole = (prefix: string) =>
  (Object.keys(providerActions) as ProviderAction[]).filter((action) => action.startsWith(prefix));

/** Types of the browser's own, which only cross a lane. */
const ofBrowser: ReadonlySet<string> = new Set(['ArrayBuffer', 'Blob', 'File']);

function namedTypes(): string {
  return [...named]
    .filter(([name]) => !ofBrowser.has(name))
    .map(([name, { description, ...schema }]) => `### ${name}\n\n${description}\n\n${code(declared(name, schema))}`)
    .join('\n\n');
}

/** The protocol for those who write a client of their own: every message and every reply. */
export function protocolPage(): string {
  const toProvider = `## From an app to the provider

${appActions.map(actionOfClient).join('\n\n')}

## From the platform page to the provider

Answered to the role \`platform\` only.

${forRole('platform.').map(actionOfClient).join('\n\n')}

## From a record view page to the provider

Answered to the role \`recordView\` only.

${forRole('recordView.').map(actionOfClient).join('\n\n')}`;

  const toClients = `## From the provider to clients

Register these actions on the channel before \`hello\`. The provider reads no answer. \`state\` goes to the apps whose news it is, \`live\`
to the page that has subscribed over the channel, \`platform.*\` to the platform page.

${(Object.keys(clientActions) as (keyof typeof clientActions)[]).map(actionOfProvider).join('\n\n')}`;

  const failed = read(failureSchema, 'output');
  const tickets = `${windowMessage('TicketRequest', ticketRequest, 'input')}\n\n${windowMessage('TicketReply', ticketReply, 'output')}`;
  const lane = [
    windowMessage('LaneExecute', laneExecute, 'input'),
    windowMessage('LaneCancel', laneCancel, 'input'),
    windowMessage('LaneSubscribe', laneSubscribe, 'input'),
    windowMessage('LaneLook', laneLook, 'input'),
    windowMessage('LaneUnsubscribe', laneUnsubscribe, 'input'),
    windowMessage('LaneMessage', laneMessage, 'output'),
    code(declared('LaneReply', read(laneReply, 'output'))),
  ].join('\n\n');
  const cannotStart = windowMessage('ProviderFailed', providerFailed, 'output');

  return `# Channel protocol

<!-- Generated from src/channel by \`npm run docs\`. -->

The provider creates the OpenFin Channel \`${channelName}\`; this is version ${protocolVersion.major}.${protocolVersion.minor} of what is said on it. Apps use
\`salesforce-interop/client\`; this page is for those who write another client. Payloads are JSON, written here as TypeScript
types. A newer minor version only adds actions and optional members, which an older client passes over; another major version
is refused with a sentence that says which side to update.

## Connecting

1. Connect: \`const channel = await fin.InterApplicationBus.Channel.connect('${channelName}')\`.
2. Dispatch [\`hello\`](#hello). Where its answer's \`identification.kind\` is \`runtime\`, the container has vouched for this app, which
   is let in, or the answer is a failure. If there is a \`ticketUrl\` with it, this app can have [a lane](#the-lane).
3. Where it is \`ticket\` (HERE Core Web, which vouches for nobody), [fetch a ticket](#fetching-a-ticket) and dispatch
   [\`identify\`](#identify).
4. Dispatch [\`connect\`](#connect) or [\`getConnection\`](#getconnection), then [\`execute\`](#execute) with the \`sessionId\` that it
   answers.

A channel that disconnects takes all that with it: connect again, and ask for the session again.

## Replies

Every dispatch is answered by an outcome, whose \`data\` is what is called \`Reply\` below. \`data\` is null for an action that only says
that it is done. [Errors](errors.md) says what each code means.

${code(`type Outcome<Reply> = { ok: true; data: Reply } | { ok: false; error: Failure };\n${declared('Failure', failed)}`)}

## Fetching a ticket

The browser vouches for an app's origin in \`MessageEvent.origin\`, and only there. So the app posts a \`TicketRequest\` to a page of the
provider's, with the origin of \`ticketUrl\` as target, and takes the \`TicketReply\` from that window and that origin only.

Where \`hello\` has named a \`frame\`, that page is there already: \`window.top[frame]\`, or \`window.opener.top[frame]\` in a window that a page
of the desktop has opened. Use it at once, as frames come and go. Where there is none, or it does not answer within five seconds, ask the ticket page: frame \`ticketUrl\` (hidden; the app's \`frame-src\` has to allow it), wait for its \`load\`, and remove the frame
afterwards. One that does not answer within five seconds was lost on its way: frame another beside it. Before any of it, check that the origin
of \`ticketUrl\` is the provider's, if you know that: whoever takes the channel's name could name another page.

In the container the runtime vouches, and a ticket is for [a lane](#the-lane) only: fetch it beside your requests, redeem it with \`identify\`,
and go on with the channel if that fails or takes longer. It is refused unless the page that has fetched it is of the origin that the runtime tells.

${tickets}

${toProvider}

${toClients}

## The lane

A page may have a way of its own to the provider's token worker, past runtime and provider page: transfer one end of a \`MessageChannel\`
with the \`TicketRequest\`, and keep the other end of the one whose ticket you redeem with \`identify\`. When \`{ kind: 'open' }\` arrives on it, the lane can be used
for \`execute\`, \`cancel\` and live data, and for nothing else; the \`requestId\`s of lane and channel are of one kind. It may never come: an older provider has
no lanes, and neither has a browser without \`SharedWorker\`, a container's app of another site than the provider's, or a desktop that has switched them off (\`lanes\`). The lane has ended when \`{ kind: 'closed' }\` arrives, or the channel disconnects; what was
under way on it is not answered any more, what was subscribed to on it is told no more, and the channel does the same as before. What is said on it is structured clone, not JSON: bytes are
\`ArrayBuffer\`s and \`Blob\`s. JSON comes as it was sent by the org: leave out \`__proto__\` where you parse it.

${lane}

## A provider that cannot start

${cannotStart}

## Types

${namedTypes()}
`;
}
