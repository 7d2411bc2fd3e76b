import type { Failure, Outcome } from '../outcomes/failure.ts';
import type { CheckResult, ExecuteReply } from '../channel/protocol.ts';
import type { ApiRequest } from './apiRequest.ts';
import type { DeviceSignInRequest, StartedDeviceSignIn } from './deviceSignIn.ts';
import type { DiagnosisRequest } from './diagnosis.ts';
import type { ServerSignInRequest } from './serverSignIn.ts';
import type { WorkerSettingsInput } from './settings.ts';
import type { SignInRequest, StartedSignIn } from './signIn.ts';

/** What the provider learns of a session. */
export interface WorkerSession {
  sessionId: string;
  orgUrl: string;
  consumerKey: string;
  scopes: string[];
  userId: string;
  organizationId: string;
  /** `dpop`: the tokens are worth nothing without a key that does not leave this machine. */
  tokenBinding: 'dpop' | 'bearer';
  /** The app whose own session it is; empty for the shared one. */
  owner: string;
  /** The user's record as it was remembered. */
  profile?: Record<string, unknown>;
}

/** What the worker tells by itself. */
export interface WorkerEvents {
  /** The org ended the grant, or goes on refusing to renew it: a person can sign in anew. Told once. */
  sessionLost(sessionId: string, why: Failure): void;
  /** The org has renewed a session after all that was told as lost. */
  sessionRecovered(sessionId: string): void;
  /**
   * A session could not be stored and will not be remembered, tokens could not be revoked yet, or are not bound as
   * nobody tells the time.
   */
  trouble(trouble: {
    kind: 'notRemembered' | 'notRevoked' | 'notBound';
    orgUrl: string;
    willBeSentLater: boolean;
  }): void;
}

/** The verbs that cross the worker's border. Their answers never hold a token, code, verifier or `state`. */
export interface TokenWorker {
  /** To be called once, first; a second call is refused, so that nobody can point the worker elsewhere. */
  configure(settings: WorkerSettingsInput, events: WorkerEvents): Promise<Outcome<void>>;
  /** Sessions remembered from before, which need nobody to act; sends revocations that are still to be sent. */
  restoreSessions(): Promise<Outcome<WorkerSession[]>>;
  startSignIn(request: SignInRequest): Promise<Outcome<StartedSignIn>>;
  /** Signing in on another device; the device code stays here. */
  startDeviceSignIn(request: DeviceSignInRequest): Promise<Outcome<StartedDeviceSignIn>>;
  /** Signs in without a person, where the place this worker runs in has a key or secret for it. */
  signInAsServer(request: ServerSignInRequest, owner?: string): Promise<Outcome<WorkerSession>>;
  /** Settles when the sign-in has ended in a session or a failure. `owner`: the app whose own session it is to be. */
  waitForSignIn(signInId: string, owner?: string): Promise<Outcome<WorkerSession>>;
  /** The whole URL of the redirect, where the host sees it. The return page hands it over by itself. */
  deliverRedirect(redirectUrl: string): Promise<Outcome<void>>;
  /** Whether the org has led back from its pages, so that the window of this sign-in is not needed any more. */
  isRedeeming(signInId: string): Promise<boolean>;
  abandonSignIn(signInId: string): Promise<void>;
  /** Gives a session the wider grant of another session of the same user, which is then gone. */
  widenSession(sessionId: string, widerSessionId: string): Promise<Outcome<WorkerSession>>;
  /** The user's record, to be remembered with the session. */
  describeSession(sessionId: string, profile: Record<string, unknown>): Promise<void>;
  request(sessionId: string, requestId: string, request: ApiRequest): Promise<Outcome<ExecuteReply>>;
  cancel(requestId: string): Promise<void>;
  /** One check of the doctor, as this place sees the org. May renew the session it is told to look at. */
  diagnose(request: DiagnosisRequest): Promise<Outcome<CheckResult>>;
  /**
   * After a sleep or a time offline: tries what the network prevented, renews what has ended, sends what was not sent.
   */
  checkSessions(): Promise<void>;
  /**
   * Tries renewals again that did not come about, each once its pause is over. For a place that can call it now and
   * then.
   */
  renewOwed(): Promise<void>;
  expireTokens(sessionId: string, accessTokenOnly: boolean): Promise<Outcome<void>>;
  /** Forgets the tokens at once and revokes them at the org. */
  endSession(sessionId: string): Promise<Outcome<void>>;
  /**
   * The provider goes away. Sessions that are remembered are left to its next start; the others end and are revoked.
   */
  shutDown(): Promise<void>;
}
