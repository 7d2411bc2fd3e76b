import type { SessionDetails } from '../channel/protocol.ts';
import { beginCall, type Call, until } from './call.ts';
import { AuthTokenExpiredError, InitializationError } from './errors.ts';
import type { ChannelConnection } from './channelConnection.ts';
import { randomId } from './randomId.ts';
import { isObject, unreadableReply } from './reply.ts';

/** What an app asked for: all absent means the provider's default org. */
export interface SessionRequest {
  orgUrl?: string;
  consumerKey?: string;
  scopes?: string[];
  ownSession?: boolean;
}

/** Longest time a provider may take to find a session without asking anybody. */
export const silentLimitMs = 60_000;

/** A session at the provider. After a restart of the provider it looks itself up again. */
export class Session {
  readonly details: SessionDetails;
  readonly request: SessionRequest;
  /** Aborts when the app has disconnected. */
  readonly ended = new AbortController();
  #channel: ChannelConnection | undefined;
  #id: string;
  #search: { channel: ChannelConnection; found: Promise<void> } | undefined;

  /** @param channel on which the provider has described it; without it, the session looks itself up first */
  constructor(request: SessionRequest, details: SessionDetails, channel?: ChannelConnection) {
    this.request = request;
    this.details = details;
    this.#channel = channel;
    this.#id = details.sessionId;
  }

  /**
   * The session's id for use on this channel. On another channel than before it asks that provider for the session,
   * once for all calls that wait for it.
   *
   * @throws {@link AuthTokenExpiredError} `SIGN_IN_REQUIRED` when the provider has no such session any more,
   *   `SESSION_ENDED` when it has one of somebody else
   */
  async idOn(channel: ChannelConnection, call: Call): Promise<string> {
    if (channel !== this.#channel) {
      if (this.#search?.channel !== channel) this.#search = { channel, found: this.#find(channel) };
      try {
        await until(this.#search.found, call.signal);
      } finally {
        if (channel === this.#channel) this.#search = undefined;
      }
    }
    return this.#id;
  }

  async #find(channel: ChannelConnection): Promise<void> {
    const unanswered = () =>
      new InitializationError('The restarted Salesforce provider did not say whether the session is still there.');
    const call = beginCall(silentLimitMs, unanswered);
    try {
      const found = await requestSilently(channel, this.request, call);
      if (found === null) {
        throw new AuthTokenExpiredError(
          'The Salesforce provider was restarted and needs a new sign-in: call connect().',
          { code: 'SIGN_IN_REQUIRED' },
        );
      }
      // The app shows what belongs to the person whom it connected as. It must not go on as somebody else without being
      // told.
      if (found.currentUser.Id !== this.details.currentUser.Id) {
        throw new AuthTokenExpiredError('Another person has signed in to Salesforce meanwhile: call connect().');
      }
      this.#channel = channel;
      this.#id = found.sessionId;
    } catch (error) {
      this.#search = undefined;
      throw error;
    } finally {
      call.end();
    }
  }
}

/**
 * Asks for a session that needs nobody to act.
 *
 * @returns `null` when the person would have to sign in or to consent
 */
export async function requestSilently(
  channel: ChannelConnection,
  request: SessionRequest,
  call: Call,
): Promise<SessionDetails | null> {
  const payload = { requestId: randomId(), ...request, timeoutMs: call.remainingMs() };
  try {
    const data = await channel.exchange('getConnection', payload, call);
    return data === null || data === undefined ? null : readSession('getConnection', data);
  } catch (error) {
    if (isObject(error) && (error.code === 'INTERACTION_REQUIRED' || error.code === 'SIGN_IN_REQUIRED')) return null;
    throw error;
  }
}

/** Checks a session that the provider describes, in those members that this client relies on. */
export function readSession(action: string, data: unknown): SessionDetails {
  if (
    !isObject(data) ||
    typeof data.sessionId !== 'string' ||
    typeof data.orgUrl !== 'string' ||
    typeof data.consumerKey !== 'string' ||
    !isObject(data.currentUser)
  ) {
    throw unreadableReply(action);
  }
  return data as SessionDetails;
}
