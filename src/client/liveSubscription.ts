import type { LiveTarget } from '../channel/liveMessages.ts';
import { delay, nextPauseMs } from '../time.ts';
import { beginCall } from './call.ts';
import { channelLost, type ChannelConnection } from './channelConnection.ts';
import { ApiError, InitializationError } from './errors.ts';
import { LiveRows, type Difference, type LiveRow } from './liveRows.ts';
import { LiveWay } from './liveWay.ts';
import { errorCode, log } from './logging.ts';
import { errorFromFailure, isObject, type Members } from './reply.ts';
import { Session, silentLimitMs } from './session.ts';
import type { SalesforceStateEvent } from './stateListeners.ts';
import type { LiveEvent, LiveListener, LiveState, Subscription } from './subscription.ts';

/** Pauses before the provider is asked again that could not subscribe for a reason that passes. */
const backOff = { firstMs: 1_000, longestMs: 60_000 };
/** Reasons that pass by themselves. */
const passing = [
  'NETWORK_FAILED',
  'ORG_UNREACHABLE',
  'PROVIDER_UNAVAILABLE',
  'REQUEST_TIMED_OUT',
  'TEMPORARILY_UNAVAILABLE',
];
const states: readonly unknown[] = ['live', 'delayed', 'paused', 'signedOut'] satisfies LiveState[];

interface LiveSubscriptionOptions {
  session: Session;
  target: LiveTarget;
  listener: LiveListener;
  isLookedAt: boolean | undefined;
  /** The app has just read the data. */
  mayWait: boolean | undefined;
  /** Whether a person can see the page. */
  isPageSeen: () => boolean;
  /** Called once, when nothing will be told any more. */
  onOver: () => void;
}

/**
 * A subscription of the app: kept through everything that ends one at the provider, each difference told once. The
 * provider says how the rows are, again where in doubt; what of it is news follows from what was told.
 */
export class LiveSubscription implements Subscription {
  readonly #options: LiveSubscriptionOptions;
  readonly #rows: LiveRows;
  readonly #over = new AbortController();
  #session: Session;
  #sessionId: string;
  #way: LiveWay | undefined;
  #cursor: string | undefined;
  #hasData = false;
  #records: readonly LiveRow[] = [];
  #asOf: Date | undefined;
  #told: { state: LiveState; message: string | undefined; until: number | undefined } | undefined;
  #isLookedAt: boolean | undefined;
  /** Somebody has signed in since the provider was asked last. */
  #hasNewSession = false;
  #pauseMs = 0;

  constructor(options: LiveSubscriptionOptions) {
    const { session, target, isLookedAt } = options;
    this.#options = options;
    this.#session = session;
    this.#sessionId = session.details.sessionId;
    this.#isLookedAt = isLookedAt;
    const isObjectTarget = target.kind === 'sObject';
    this.#rows = new LiveRows({
      fields: target.kind === 'query' ? undefined : target.fields,
      isObject: isObjectTarget,
    });
  }

  get records(): readonly LiveRow[] {
    return this.#records;
  }

  get asOf(): Date | undefined {
    return this.#asOf;
  }

  get state(): LiveState | undefined {
    return this.#told?.state;
  }

  look(isLookedAt?: boolean): void {
    this.#isLookedAt = isLookedAt;
    this.lookAgain();
  }

  /** The page has come into sight, or has gone out of it. */
  lookAgain(): void {
    this.#way?.look(this.#isSeen);
  }

  end(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#closeWay();
    this.#options.onOver();
  }

  /** Ends it for a reason that the listener is told. */
  fail(error: ApiError): void {
    if (this.#over.signal.aborted) return;
    this.#tell({ kind: 'end', error, asOf: this.#asOf });
    this.end();
  }

  /** Subscribes over this channel, in place of what there was. */
  async begin(channel: ChannelConnection): Promise<void> {
    if (this.#over.signal.aborted) return;
    this.#closeWay();
    const way = (this.#way = new LiveWay(channel, (news) => this.#hear(news)));
    const isCurrent = (): boolean => this.#way === way;
    const call = beginCall(silentLimitMs, unanswered);
    this.#hasNewSession = false;
    try {
      const sessionId = await this.#session.idOn(channel, call).catch((error: unknown) => {
        throw isObject(error) && error.code === 'SESSION_ENDED'
          ? new AnotherPerson(error as unknown as ApiError)
          : error;
      });
      if (!isCurrent()) return;
      this.#sessionId = sessionId;
      const { target } = this.#options;
      const mayWait = this.#hasData ? undefined : this.#options.mayWait;
      const isLookedAt = this.#isSeen;
      await way.open({ sessionId, target, isLookedAt, cursor: this.#cursor, mayWait }, call);
      if (!isCurrent()) return;
      this.#pauseMs = 0;
      if (this.#isSeen !== isLookedAt) this.lookAgain();
      way.whenBroken(() => this.#lost(way));
    } catch (error) {
      if (isCurrent()) this.#notBegun(way, error);
    } finally {
      call.end();
    }
  }

  /**
   * A session of this org and key has changed.
   *
   * @param renew the session that takes the place of one, the same one for all subscriptions
   */
  sessionChanged(event: SalesforceStateEvent, channel: ChannelConnection, renew: (session: Session) => Session): void {
    const { orgUrl, consumerKey } = this.#session.details;
    if (event.orgUrl !== orgUrl || event.consumerKey !== consumerKey) return;
    if (event.state !== 'signedIn') {
      if (event.sessionId === this.#sessionId) this.#signedOut(event.message);
    } else if (event.sessionId !== this.#sessionId) {
      this.#hasNewSession = true;
      if (this.state === 'signedOut') this.#beginAnew(channel, renew(this.#session));
    }
  }

  get #isSeen(): boolean {
    return this.#isLookedAt ?? this.#options.isPageSeen();
  }

  #closeWay(): void {
    this.#way?.close();
    this.#way = undefined;
  }

  #beginAnew(channel: ChannelConnection, session: Session): void {
    this.#session = session;
    void this.begin(channel);
  }

  /** The lane has broken, or the provider has gone, which will be followed by a new channel. */
  #lost({ channel }: LiveWay): void {
    if (!channel.lost.aborted) return void this.begin(channel);
    this.#closeWay();
    this.#tellState('paused', 'The Salesforce provider of this desktop has gone. It is waited for.');
  }

  #notBegun(way: LiveWay, error: unknown): void {
    log(`no live data: ${errorCode(error)}`);
    if (error === channelLost) return this.#lost(way);
    if (error instanceof AnotherPerson) {
      this.#rows.clear();
      this.#records = [];
      return this.fail(error.error);
    }
    this.#closeWay();
    const failure = error instanceof ApiError ? error : new ApiError('Live data could not be subscribed to.');
    if (failure.code === 'SIGN_IN_REQUIRED' || failure.code === 'SESSION_ENDED') {
      this.#signedOut(failure.message);
      const { request, details } = this.#session;
      if (this.#hasNewSession) this.#beginAnew(way.channel, new Session(request, details));
    } else if (passing.includes(failure.code)) {
      this.#tellState('paused', failure.message);
      void this.#tryAgain(way.channel);
    } else this.fail(failure);
  }

  async #tryAgain(channel: ChannelConnection): Promise<void> {
    this.#pauseMs = nextPauseMs(this.#pauseMs, backOff);
    await delay(Math.random() * this.#pauseMs, this.#over.signal);
    if (!this.#way && !channel.lost.aborted) await this.begin(channel);
  }

  #signedOut(message: string | undefined): void {
    this.#tellState('signedOut', message ?? 'You are signed out of Salesforce.');
  }

  #hear(news: Members): void {
    switch (news.kind) {
      case 'rows':
        return this.#hearRows(news);
      case 'unchanged':
        return this.#heardAt(news.asOf);
      case 'gap':
        return this.#tell({ kind: 'unknown', asOf: this.#asOf });
      case 'state':
        if (!states.includes(news.state)) return log('a state of live data is not known');
        return this.#tellState(news.state as LiveState, textOf(news.message), numberOf(news.untilMs));
      case 'ended':
        return this.fail(
          isObject(news.failure) ? errorFromFailure(news.failure) : new ApiError('The live data has ended.'),
        );
      default:
        // Of a newer provider.
        return log('a kind of live data is not known');
    }
  }

  #hearRows({ isWhole, rows, gone, asOf, cursor }: Members): void {
    if (!Array.isArray(rows) || !rows.every(isRow) || !Array.isArray(gone)) return log('rows could not be read');
    const isFirst = !this.#hasData;
    this.#hasData = true;
    const ids = gone.filter((id) => typeof id === 'string');
    const isObjectTarget = this.#options.target.kind === 'sObject';
    const differences = this.#rows.take({ isWhole: isWhole === true || (isFirst && !isObjectTarget), rows, gone: ids });
    this.#records = Object.freeze([...this.#rows.records]);
    this.#heardAt(asOf);
    this.#cursor = textOf(cursor) ?? this.#cursor;
    if (isFirst) this.#tell({ kind: 'data', ...this.#present() });
    if (isFirst && !isObjectTarget) return;
    const present = this.#present();
    for (const difference of differences) this.#tell(eventOf(difference, present));
  }

  #present(): { records: readonly LiveRow[]; asOf: Date } {
    return { records: this.#records, asOf: this.#asOf ?? new Date() };
  }

  #heardAt(asOf: unknown): void {
    if (typeof asOf === 'number' && asOf > (this.#asOf?.getTime() ?? 0)) this.#asOf = new Date(asOf);
  }

  #tellState(state: LiveState, message?: string, until?: number): void {
    const told = this.#told;
    if (told?.state === state && told.message === message && told.until === until) return;
    this.#told = { state, message, until };
    this.#tell({
      kind: 'state',
      state,
      ...(message !== undefined && { message }),
      ...(until !== undefined && { until: new Date(until) }),
      asOf: this.#asOf,
    });
  }

  #tell(event: LiveEvent<LiveRow>): void {
    if (this.#over.signal.aborted) return;
    try {
      this.#options.listener(event);
    } catch (error) {
      // Reported to the page's own error handling, as an `EventTarget` reports it.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/** The session is somebody else's now. */
class AnotherPerson {
  readonly error: ApiError;

  constructor(error: ApiError) {
    this.error = error;
  }
}

const unanswered = (): ApiError => new InitializationError('The Salesforce provider did not subscribe in time.');

function eventOf(difference: Difference, present: { records: readonly LiveRow[]; asOf: Date }): LiveEvent<LiveRow> {
  return { ...difference, ...present };
}

const isRow = (row: unknown): row is LiveRow => isObject(row) && typeof row.Id === 'string';
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
