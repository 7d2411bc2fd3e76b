import type { z } from 'zod';
import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import { success, type Outcome } from '../../src/outcomes/failure.ts';
import { executeReply } from '../../src/channel/orgRequests.ts';
import {
  helloReply,
  providerActions,
  sessionDetails,
  stateEvent,
  type ProviderAction,
} from '../../src/channel/protocol.ts';
import type { ChannelBus, FakeChannelProvider } from '../../sandbox/container/channelBus.ts';

type Request<A extends ProviderAction> = z.output<(typeof providerActions)[A]>;
export type Answers = { [A in ProviderAction]?: (request: Request<A>) => Outcome<unknown> | Promise<Outcome<unknown>> };

/** Received messages, parsed, in their order. */
export interface Message {
  action: ProviderAction;
  request: Record<string, unknown>;
}

export const john = { Id: '005xx0000012345AAA', Name: 'John Doe' };

export function session(changes: Partial<z.input<typeof sessionDetails>> = {}): z.input<typeof sessionDetails> {
  return {
    sessionId: 'session-1',
    orgUrl: 'https://acme.my.salesforce.com',
    consumerKey: 'key',
    scopes: ['api'],
    currentUser: john,
    ...changes,
  };
}

export function reply(body?: z.input<typeof executeReply>['body'], type?: string, status = 200): Outcome<unknown> {
  return success(executeReply.parse({ status, type, body }));
}

/** Never answers. */
export const silent = () => new Promise<never>(() => undefined);

const replies: Partial<Record<ProviderAction, z.ZodType>> = {
  hello: helloReply,
  connect: sessionDetails,
  getConnection: sessionDetails.nullable(),
  execute: executeReply,
};

const defaults: Answers = {
  hello: () => success({ protocol: protocolVersion, identification: { kind: 'runtime' } }),
  connect: () => success(session()),
  getConnection: () => success(session()),
  execute: () => reply(),
  cancel: () => success(null),
  disconnect: () => success(null),
  expireTokens: () => success(null),
};

/**
 * A provider's end of the channel that answers as scripted. What it gets must fit the protocol's schemas, and so must
 * the successful replies it is told to give (unless they are scripted `raw`).
 */
export async function startProvider(bus: ChannelBus, answers: Answers = {}, { raw = false } = {}) {
  const received: Message[] = [];
  const script = { ...defaults, ...answers };
  const channel: FakeChannelProvider = await bus
    .runtime({ uuid: 'provider', name: 'provider' })
    .InterApplicationBus.Channel.create(channelName);
  for (const action of Object.keys(script) as ProviderAction[]) {
    channel.register(action, async (payload) => {
      const request = providerActions[action].strict().parse(payload) as never;
      received.push({ action, request });
      const outcome = await script[action]!(request);
      if (!raw && outcome.ok) replies[action]?.parse(outcome.data);
      return outcome;
    });
  }
  return {
    channel,
    received,
    requests: (action: ProviderAction) =>
      received.filter((message) => message.action === action).map(({ request }) => request),
    publishState: (event: z.input<typeof stateEvent>) =>
      Promise.allSettled(channel.publish('state', stateEvent.parse(event))),
  };
}
