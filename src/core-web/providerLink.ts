/**
 * The platform page as a client of the provider: what the provider tells it, and what it asks for. Reconnects after a
 * restart.
 */
import type OpenFin from '@openfin/core';
import type { z } from '../zod.ts';
import { failure, success } from '../outcomes/failure.ts';
import {
  clientActions,
  providerReplies,
  type PlatformStatus,
  type ProviderAction,
  type providerActions,
  type ProviderReply,
} from '../channel/protocol.ts';
import { providerFailed } from '../channel/windowMessages.ts';
import { beginCall } from '../client/call.ts';
import { InitializationError } from '../client/errors.ts';
import { ProviderConnection } from '../client/providerConnection.ts';
import { unreadableReply } from '../client/reply.ts';
import { ownIdentity } from './connectDesktop.ts';
import type { ChannelClient, OpenFinRuntime } from '../client/openFin.ts';

type Told<Action extends keyof typeof clientActions> = z.infer<(typeof clientActions)[Action]>;

export interface ProviderNews {
  status(status: PlatformStatus): void;
  openSignInWindow(request: Told<'platform.openSignInWindow'>): void;
  closeSignInWindow(request: Told<'platform.closeSignInWindow'>): void;
  openRecordView(view: Told<'platform.openRecordView'>): void;
  closeRecordView(view: Told<'platform.closeRecordView'>): void;
  /** Something that an app asked for was not done. What the person does about it goes to `noticeAnswered`. */
  notice(notice: Told<'platform.notice'>): void;
  /** The channel is there, or the provider went away. */
  connected(is: boolean): void;
  /** The provider's page cannot start: why, and which paths of its configuration are wrong. There is no channel. */
  failed(why: Pick<z.infer<typeof providerFailed>, 'message' | 'problems'>): void;
}

export type ProviderLink = ReturnType<typeof linkToProvider>;

/** Longer than a person takes to sign in. */
const longestAnswerMs = 660_000;
const firstAnswerMs = 20_000;
/** The org is asked three times, each of which ends by the provider's own time limit. */
const longestSearchMs = 120_000;
/** A check asks the org several times, each of which may end by its own time limit. */
const longestCheckMs = 180_000;

/** Connects at once and for as long as the page lives; `news` gets everything the provider tells the platform. */
export function linkToProvider(fin: OpenFin.Fin<'external connection'>, providerOrigin: string, news: ProviderNews) {
  const handlers: { [A in Exclude<keyof typeof clientActions, 'live' | 'state'>]: (told: Told<A>) => void } = {
    'platform.statusChanged': (status) => {
      // Also the first thing a restarted provider sends once it has let this page in.
      news.connected(true);
      news.status(status);
    },
    'platform.openSignInWindow': (request) => news.openSignInWindow(request),
    'platform.closeSignInWindow': (request) => news.closeSignInWindow(request),
    'platform.openRecordView': (view) => news.openRecordView(view),
    'platform.closeRecordView': (view) => news.closeRecordView(view),
    'platform.notice': (notice) => news.notice(notice),
  };
  /** Connects as the clients of apps do, with the platform's listeners registered before anything is sent. */
  const runtime: OpenFinRuntime = {
    me: { identity: ownIdentity(fin) },
    InterApplicationBus: {
      Channel: {
        async connect(name, options) {
          const client = (await fin.InterApplicationBus.Channel.connect(name, options)) as unknown as ChannelClient;
          for (const [action, handle] of Object.entries(handlers) as [keyof typeof handlers, (told: never) => void][]) {
            client.register(action, (payload) => {
              const told = clientActions[action].safeParse(payload);
              if (!told.success) return failure('INVALID_PARAMETER', `The platform cannot read ${action}.`);
              handle(told.data as never);
              return success(null);
            });
          }
          return {
            providerIdentity: client.providerIdentity,
            dispatch: (action, payload) => client.dispatch(action, payload),
            register: (action, listener) => client.register(action, listener),
            disconnect: () => client.disconnect(),
            onDisconnection: (listener) =>
              client.onDisconnection(() => {
                news.connected(false);
                listener();
              }),
          } satisfies ChannelClient;
        },
      },
    },
  };
  // Only the provider's own page, which the platform page frames, may report this.
  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    const failed = origin === providerOrigin ? providerFailed.safeParse(data) : undefined;
    if (failed?.success) news.failed({ message: failed.data.message, problems: failed.data.problems });
  });
  const link = new ProviderConnection(
    () => runtime,
    firstAnswerMs,
    () => undefined,
    { origin: providerOrigin },
  );

  /** @throws the client's error classes, e.g. `AuthorizationError` for a sign-in that failed. */
  async function ask<A extends ProviderAction>(
    limitMs: number,
    action: A,
    payload: z.input<(typeof providerActions)[A]>,
  ): Promise<ProviderReply<A>> {
    const unanswered = () => new InitializationError('The Salesforce provider did not answer in time.');
    const unavailable = () => new InitializationError('The Salesforce provider went away.');
    const call = beginCall(limitMs, unanswered);
    const data = await link.perform(call, { repeatable: () => false, unavailable }, (channel) =>
      channel.exchange(action, payload, call),
    );
    const reply = providerReplies[action].safeParse(data ?? null);
    if (!reply.success) throw unreadableReply(action);
    return reply.data as ProviderReply<A>;
  }
  const tell = <A extends ProviderAction>(action: A, payload: z.input<(typeof providerActions)[A]>): void => {
    // If this message is lost, the provider's own time limits have the same effect.
    ask(firstAnswerMs, action, payload).catch(() => undefined);
  };

  return {
    /** Resolves with the first status. @throws `InitializationError` when the provider does not answer. */
    async connect(): Promise<PlatformStatus> {
      const status = await ask(firstAnswerMs, 'platform.status', {});
      news.connected(true);
      news.status(status);
      return status;
    },
    /**
     * Leads the person through signing in, to the default org unless another is named.
     *
     * @throws the client's error classes.
     */
    signIn: (org: { orgUrl?: string; consumerKey?: string } = {}) => ask(longestAnswerMs, 'platform.signIn', org),
    signOut: () => ask(firstAnswerMs, 'platform.signOut', {}),
    /** One check of the doctor. @throws the client's error classes. */
    diagnose: (run: string, check: string) => ask(longestCheckMs, 'platform.diagnose', { run, check }),
    signInWindow: (signInId: string, event: 'opened' | 'blocked' | 'closed' | 'cancelled') =>
      tell('platform.signInWindow', { signInId, event }),
    noticeAnswered: (noticeId: string, way: 'retry' | 'signIn' | 'search' | 'dismiss') =>
      tell('platform.noticeAnswered', { noticeId, way }),
    /** @throws the client's error classes. */
    search: (query: string, objects?: readonly string[]) =>
      ask(longestSearchMs, 'platform.search', { query, ...(objects && { objects: [...objects] }) }),
    /** @throws the client's error classes. */
    raise: (intent: string, context: { type: string }) => ask(firstAnswerMs, 'platform.raise', { intent, context }),
    recordViewClosed: (viewId: string) => tell('platform.recordViewClosed', { viewId }),
  };
}
