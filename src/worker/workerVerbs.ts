import type { Failure, Outcome } from '../outcomes/failure.ts';
import type { LiveEvent } from '../channel/liveMessages.ts';
import type { ExecuteReply } from '../channel/orgRequests.ts';
import type { OrgUsage } from '../channel/orgUsage.ts';
import type { CheckResult } from '../channel/protocol.ts';
import type { DeviceSignInRequest, StartedDeviceSignIn } from './deviceSignIn.ts';
import type { DiagnosisRequest } from './diagnosis.ts';
import type { ApiRequest } from './pipeline/apiRequest.ts';
import type { AnsweredCall, CallRecord, DoorCaller } from './pipeline/door.ts';
import type { ServerSignInRequest } from './serverSignIn.ts';
import type { WorkerSettingsInput } from './settings.ts';
import type { SignInRequest, StartedSignIn } from './signIn.ts';

/** What the provider is told of a session. */
export interface WorkerSession {
  sessionId: string;
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  userId: string;
  organizationId: string;
  /** `dpop`: the tokens can only be used with a key that does not leave this machine. */
  tokenBinding: 'dpop' | 'bearer';
  /** The app that the session belongs to; empty for the shared session. */
  owner: string;
  /** The remembered record of the user. */
  profile?: Record<string, unknown>;
}

/** Events that the worker reports. */
export interface WorkerEvents {
  /** The org has ended the grant, or goes on refusing to renew it: a person can sign in again. Reported once. */
  sessionLost(sessionId: string, why: Failure): void;
  /** The org has renewed a session that was reported as lost. */
  sessionRecovered(sessionId: string): void;
  /**
   * A session could not be stored and will not be remembered; tokens could not be revoked yet; or tokens are not bound,
   * as the right time is not known.
   */
  trouble(trouble: {
    kind: 'notRemembered' | 'notRevoked' | 'notBound';
    orgUrl: string;
    willBeSentLater: boolean;
  }): void;
  /**
   * Callers have called without the provider in between: for the audit trail, in the order in which the calls ended.
   * `cause`: what went wrong here with the only one of them, if so.
   */
  called(records: readonly CallRecord[], cause?: unknown): void | Promise<void>;
  /** The figures of all orgs have changed. Reported now and then. */
  usage(usage: OrgUsage[]): void;
  /** News of a subscription of a caller that has subscribed by {@link TokenWorker.subscribe}. */
  live(callerId: string, event: LiveEvent): void;
}

/** The methods that can be called from outside the worker. No answer holds a token, code, verifier or `state`. */
export interface TokenWorker {
  /** To be called once, first. A second call is refused, so that no other script can change the orgs of the worker. */
  configure(settings: WorkerSettingsInput, events: WorkerEvents): Promise<Outcome<void>>;
  /** Restores remembered sessions, which need no person; sends revocations that were kept. */
  restoreSessions(): Promise<Outcome<WorkerSession[]>>;
  startSignIn(request: SignInRequest): Promise<Outcome<StartedSignIn>>;
  /** Starts signing in on another device. The device code stays in the worker. */
  startDeviceSignIn(request: DeviceSignInRequest): Promise<Outcome<StartedDeviceSignIn>>;
  /** Signs in without a person, where this environment has a key or secret for it. */
  signInAsServer(request: ServerSignInRequest, owner?: string): Promise<Outcome<WorkerSession>>;
  /**
   * Settles when the sign-in has ended in a session or a failure.
   *
   * @param owner the app that the session will belong to; none for the shared session
   */
  waitForSignIn(signInId: string, owner?: string): Promise<Outcome<WorkerSession>>;
  /** Takes the whole URL of the redirect, where the host sees it. A return page hands it over by itself. */
  deliverRedirect(redirectUrl: string): Promise<Outcome<void>>;
  /** Whether the org's pages are done, so that the window of this sign-in is not needed any more. */
  isRedeeming(signInId: string): Promise<boolean>;
  abandonSignIn(signInId: string): Promise<void>;
  /** Gives a session the wider grant of another session of the same user, which is then gone. */
  widenSession(sessionId: string, widerSessionId: string): Promise<Outcome<WorkerSession>>;
  /** Stores the user's record with the remembered session. */
  describeSession(sessionId: string, profile: Record<string, unknown>): Promise<void>;
  /** Lets a caller use a session. `user`: name of its Salesforce user, for the audit trail. */
  grantSession(caller: DoorCaller, sessionId: string, user?: string): Promise<void>;
  /** The caller does not use the session any more. What it has asked for goes on. */
  withdrawSession(callerId: string, sessionId: string): Promise<void>;
  /** Takes requests of a caller from a port of its page, until the caller has gone or the port is closed. */
  openLane(caller: DoorCaller, port: MessagePort): Promise<void>;
  /** The caller has gone. What it has asked for is given up, but for writes that were sent. */
  dismissCaller(callerId: string): Promise<void>;
  /** A request of a caller, within a session that it was granted; `request` as the caller sent it. */
  execute(caller: DoorCaller, request: unknown): Promise<AnsweredCall<ExecuteReply>>;
  /** Gives up a request of a caller at its wish. */
  cancelCall(callerId: string, requestId: string): Promise<void>;
  /**
   * Subscribes a caller to data, as `subscribe` of the protocol asks for; `asked` as the caller sent it. News come by
   * {@link WorkerEvents.live}.
   */
  subscribe(caller: DoorCaller, asked: unknown): Promise<Outcome<null>>;
  /** Somebody has begun, or ceased, to look at what a caller has subscribed to. */
  look(callerId: string, asked: unknown): Promise<void>;
  unsubscribe(callerId: string, asked: unknown): Promise<void>;
  /** A request of the provider's own. */
  request(sessionId: string, request: ApiRequest): Promise<Outcome<ExecuteReply>>;
  /** Runs one check of the doctor, as the worker sees the org. May renew the session to be examined. */
  diagnose(request: DiagnosisRequest): Promise<Outcome<CheckResult>>;
  /**
   * For use after a sleep or a time offline: repeats what the network prevented, renews expired tokens, sends
   * revocations that were kept.
   */
  checkSessions(): Promise<void>;
  /** Repeats renewals that have failed, each once its pause is over. To be called from time to time. */
  renewOwed(): Promise<void>;
  expireTokens(sessionId: string, accessTokenOnly: boolean): Promise<Outcome<void>>;
  /** Forgets the tokens at once and revokes them at the org. */
  endSession(sessionId: string): Promise<Outcome<void>>;
  /**
   * Ends the worker, as the provider goes away. Remembered sessions are left to its next start; the others end and are
   * revoked.
   */
  shutDown(): Promise<void>;
}
