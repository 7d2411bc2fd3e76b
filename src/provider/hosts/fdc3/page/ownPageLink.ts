import { channelName, protocolVersion } from '../../../../channel/channelVersion.ts';
import {
  clientActions,
  type Notice,
  type PlatformStatus,
  type ProviderAction,
  type providerActions,
  type ProviderReply,
} from '../../../../channel/protocol.ts';
import { failure, success, type Outcome } from '../../../../outcomes/failure.ts';
import type { z } from '../../../../zod.ts';
import type { createPageChannel } from '../pageChannel.ts';

type Told<Action extends keyof typeof clientActions> = z.infer<(typeof clientActions)[Action]>;

/** What the provider tells the page that it runs in. */
export interface OwnPageNews {
  status(status: PlatformStatus): void;
  openSignInWindow(request: Told<'platform.openSignInWindow'>): void;
  closeSignInWindow(request: Told<'platform.closeSignInWindow'>): void;
  openRecordView(view: Told<'platform.openRecordView'>): void;
  closeRecordView(view: Told<'platform.closeRecordView'>): void;
  notice(notice: Notice): void;
}

/**
 * The provider's own page as a client of its channel: the part that the platform page has in HERE Core Web, by the same
 * messages, access policy and audit trail.
 */
export function linkOwnPage(channel: Pick<ReturnType<typeof createPageChannel>, 'joinOwnPage'>, news: OwnPageNews) {
  const handlers: { [A in keyof typeof clientActions]?: (told: Told<A>) => void } = {
    'platform.statusChanged': (status) => news.status(status),
    'platform.openSignInWindow': (request) => news.openSignInWindow(request),
    'platform.closeSignInWindow': (request) => news.closeSignInWindow(request),
    'platform.openRecordView': (view) => news.openRecordView(view),
    'platform.closeRecordView': (view) => news.closeRecordView(view),
    'platform.notice': (notice) => news.notice(notice),
  };
  const dispatch = channel.joinOwnPage((action, payload) => {
    const handle = handlers[action as keyof typeof clientActions] as ((told: unknown) => void) | undefined;
    if (!handle) return success(null);
    const told = clientActions[action as keyof typeof clientActions].safeParse(payload);
    if (!told.success) return failure('INVALID_PARAMETER', `The provider's page cannot read ${action}.`);
    handle(told.data);
    return success(null);
  });

  /** The provider is in this page: its answer is its own outcome. */
  const ask = <A extends ProviderAction>(
    action: A,
    payload: z.input<(typeof providerActions)[A]>,
  ): Promise<Outcome<ProviderReply<A>>> => Promise.resolve(dispatch(action, payload) as never);
  const tell = <A extends ProviderAction>(action: A, payload: z.input<(typeof providerActions)[A]>): void =>
    void ask(action, payload);

  return {
    /** Joins, and gets the first status. @returns why not, where the access policy does not let the page in */
    async join(): Promise<Outcome<PlatformStatus>> {
      const client = { name: `${channelName} page`, version: `${protocolVersion.major}.${protocolVersion.minor}` };
      const joined = await ask('hello', { protocol: protocolVersion, client });
      return joined.ok ? ask('platform.status', {}) : joined;
    },
    signIn: (org: { orgUrl?: string; consumerKey?: string }) => ask('platform.signIn', org),
    /** One check of the doctor. */
    diagnose: (run: string, check: string) => ask('platform.diagnose', { run, check }),
    signOut: () => ask('platform.signOut', {}),
    signInWindow: (signInId: string, event: 'opened' | 'blocked' | 'closed' | 'cancelled') =>
      tell('platform.signInWindow', { signInId, event }),
    recordViewClosed: (viewId: string) => tell('platform.recordViewClosed', { viewId }),
    noticeAnswered: (noticeId: string, way: Notice['ways'][number] | 'dismiss') =>
      tell('platform.noticeAnswered', { noticeId, way }),
  };
}
