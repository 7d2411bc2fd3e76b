import { LRUCache } from 'lru-cache';
import { lookRequest, subscribeRequest, unsubscribeRequest, type LiveNews } from '../../channel/liveMessages.ts';
import type { OrgUsage } from '../../channel/orgUsage.ts';
import { failure, success, type Outcome } from '../../outcomes/failure.ts';
import { sessionEnded } from '../../outcomes/sessionEnded.ts';
import type { Environment } from '../environment.ts';
import type { ApiRequest } from '../pipeline/apiRequest.ts';
import type { DoorCaller } from '../pipeline/door.ts';
import type { LiveSettings } from '../pipeline/pipelineSettings.ts';
import type { ConfirmedRow, FieldsRead } from '../pipeline/watchedCopies.ts';
import { positionOf } from './cursor.ts';
import { createOrgQueries, type OrgQueriesOptions } from './orgQueries.ts';
import { newSubscriber } from './subscriber.ts';
import { SessionWatch } from './sessionWatch.ts';
import { Subscriptions, type Subscription } from './subscriptions.ts';
import { writtenObject } from './writtenObject.ts';
import { knownTarget } from './targets.ts';
import type { Told } from './watchedTarget.ts';

interface LiveOptions extends OrgQueriesOptions {
  settings: LiveSettings;
  environment: Pick<Environment, 'now' | 'delay' | 'isOnline' | 'nextTask'>;
  /** Whether the provider has granted a session to a caller. */
  mayUse: (callerId: string, sessionId: string) => boolean;
  /** The org of a session, whatever its instance is called at the moment. */
  orgOf: (sessionId: string) => string;
  /** The orgs' time, where that is known. */
  orgTime: () => number | undefined;
  /** Told what was thrown that nobody expects, which delays a session's subscriptions and ends none. */
  onFault: (cause: unknown) => void;
  /** What becomes of requests of a session that nobody waits for. */
  backgroundOf: (sessionId: string) => OrgUsage['background'];
}

/**
 * What apps have subscribed to. The state of rows is told at least once, in order; what differs is for the client to
 * see.
 */
export interface Live {
  /**
   * Subscribes to data.
   *
   * @param asked a `subscribe` of the protocol, parsed here
   * @param tell called with news, never before this has returned
   * @returns a failure `INVALID_PARAMETER` for what is malformed, `SESSION_ENDED` for a session that this caller does
   *   not use, `TOO_MANY_REQUESTS` above the share of an app, `ENDPOINT_NOT_ALLOWED` where live data is switched off
   */
  subscribe(caller: DoorCaller, asked: unknown, tell: (news: LiveNews) => void): Outcome<null>;
  /** Somebody has begun, or ceased, to look. What is malformed, or no subscription, changes nothing. */
  look(callerId: string, asked: unknown): void;
  /** Nobody listens any more. Nothing is told afterwards. */
  unsubscribe(callerId: string, asked: unknown): void;
  /** The page has gone. */
  leave(callerId: string): void;
  /** The caller does not use the session any more: its subscribers are told that they are signed out. */
  withdraw(callerId: string, sessionId: string): void;
  /** The session has ended: subscribers are told that they are signed out, and are subscribed to nothing. */
  endSession(sessionId: string): void;
  /** The session may see more, or less, than before. */
  sessionChanged(sessionId: string): void;
  /**
   * These fields of a record as the org has confirmed them last; undefined where nobody in the session is subscribed to
   * them, looks, and is told of changes without delay, or something has been written since.
   */
  confirmedRow(sessionId: string, read: FieldsRead): ConfirmedRow | undefined;
  /** A write to an org has ended, however. */
  written(org: string, write: ApiRequest): void;
  /** The machine has woken up, or is online again; or a session is renewed that was lost. */
  wake(): void;
  /** Ends all, and tells nobody. */
  shutDown(): void;
}

/** Of all sessions together: what was told last. */
const rememberedBytes = 16_777_216;

const switchedOff = failure(
  'ENDPOINT_NOT_ALLOWED',
  'Live data is switched off on this desktop. Read again when it is needed, or ask the platform team for it (pipeline.live).',
);

/** Looks after what apps have subscribed to, in all sessions. */
export function createLive(options: LiveOptions): Live {
  const { settings, environment, mayUse, orgOf, orgTime, backgroundOf, onFault } = options;
  const queries = createOrgQueries(options);
  const memory = new LRUCache<string, Told>({
    maxSize: rememberedBytes,
    sizeCalculation: ({ text }, key) => (text.length * 2 + key.length) * 2,
  });
  const watches = new Map<string, SessionWatch>();
  const subscriptions = new Subscriptions();

  function watchOf(sessionId: string): SessionWatch {
    const watch =
      watches.get(sessionId) ??
      new SessionWatch({
        sessionId,
        settings,
        environment,
        queries,
        memory,
        orgTime,
        onFault,
        background: () => backgroundOf(sessionId),
        onTargetEnd: (subscriber) => subscriptions.remove({ subscriber, sessionId }),
        onEnd: () => forgetSession(sessionId),
      });
    watches.set(sessionId, watch);
    return watch;
  }

  function forgetSession(sessionId: string): void {
    watches.delete(sessionId);
    subscriptions.removeSession(sessionId);
  }

  function drop(subscription: Subscription): void {
    subscriptions.remove(subscription);
    const { subscriber, sessionId } = subscription;
    const watch = watches.get(sessionId);
    watch?.remove(subscriber);
    if (watch?.isIdle) watches.delete(sessionId);
  }

  return {
    subscribe(caller, asked, tell) {
      if (!settings.enabled) return switchedOff;
      const parsed = subscribeRequest.safeParse(asked);
      if (!parsed.success) {
        const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(payload)'}: ${message}`);
        return failure('INVALID_PARAMETER', `The message subscribe is malformed: ${issues.join('; ')}`);
      }
      const { subscriptionId, sessionId, target, isLookedAt, cursor, mayWait = false } = parsed.data;
      const since = cursor === undefined ? undefined : positionOf(cursor);
      if (cursor !== undefined && since === undefined)
        return failure('INVALID_PARAMETER', 'cursor: is none that news of a subscription have named.');
      if (!mayUse(caller.id, sessionId)) return sessionEnded;
      const known = knownTarget(target);
      if (!known.ok) return known;
      if (subscriptions.find(caller.id, subscriptionId))
        return failure('INVALID_PARAMETER', 'subscriptionId: there is a subscription with this id already.');
      if (subscriptions.countOf(caller.app) >= settings.subscriptionsPerApp)
        return failure(
          'TOO_MANY_REQUESTS',
          `${caller.app} has ${settings.subscriptionsPerApp} subscriptions already. End some of them before the next.`,
        );
      const { id: callerId, app } = caller;
      const subscriber = newSubscriber({ callerId, subscriptionId, app, tell, isLookedAt, mayWait, since });
      subscriptions.add({ subscriber, sessionId });
      watchOf(sessionId).add(known.data, subscriber);
      return success(null);
    },

    look(callerId, asked) {
      const { data } = lookRequest.safeParse(asked);
      const subscription = data && subscriptions.find(callerId, data.subscriptionId);
      if (!subscription) return;
      subscription.subscriber.isLookedAt = data.isLookedAt;
      watches.get(subscription.sessionId)?.look();
    },

    unsubscribe(callerId, asked) {
      const { data } = unsubscribeRequest.safeParse(asked);
      const subscription = data && subscriptions.find(callerId, data.subscriptionId);
      if (subscription) drop(subscription);
    },

    leave: (callerId) => subscriptions.of(callerId).forEach(drop),

    withdraw(callerId, sessionId) {
      for (const one of subscriptions.of(callerId).filter((each) => each.sessionId === sessionId)) {
        drop(one);
        one.subscriber.tell({ kind: 'state', state: 'signedOut' });
      }
    },

    endSession: (sessionId) => watches.get(sessionId)?.end(),
    sessionChanged: (sessionId) => watches.get(sessionId)?.changed(),

    confirmedRow: (sessionId, read) => watches.get(sessionId)?.confirmedRow(read),

    written(org, write) {
      const sObject = writtenObject(write);
      for (const [sessionId, watch] of watches) if (orgOf(sessionId) === org) watch.changed(sObject);
    },

    wake: () => watches.forEach((watch) => watch.wake()),

    shutDown() {
      for (const watch of watches.values()) watch.stop();
      watches.clear();
      subscriptions.clear();
    },
  };
}
