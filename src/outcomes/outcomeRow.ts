import type { FailureCode } from './failure.ts';

/** The step in a session's life at which an answer or event came. */
export type Stage =
  'discovery' | 'authorize' | 'code' | 'device' | 'poll' | 'server' | 'refresh' | 'revoke' | 'request' | 'window';

/** What becomes of the session: there was none, it stays as it is, only a person can renew it, it is over. */
export type SessionAfter = 'none' | 'kept' | 'signInRequired' | 'ended';

/**
 * Whether a repetition helps: by the provider at once, at once for reads and for writes that may be repeated, by the
 * provider later, when the caller asks again, after signing in, not at all.
 */
export type Retry = 'now' | 'nowIfRead' | 'later' | 'onRequest' | 'afterSignIn' | 'no';

/** Ways in which no answer of Salesforce's OAuth or REST interface came. */
export type NoAnswer =
  | 'offline'
  | 'unreachable'
  | 'timedOut'
  | 'tooManyRequests'
  | 'unavailable'
  | 'redirected'
  | 'captivePortal'
  | 'maintenance'
  | 'unreadable'
  | 'oversize';

/** What an outcome is decided by. */
export type Evidence =
  /** An OAuth error (RFC 6749, 4.1.2.1 and 5.2) or a Salesforce REST error code, with its description or message. */
  | { stage: Stage; error: string; description: string; status?: number; retryAfterMs?: number }
  | { stage: Stage; noAnswer: NoAnswer; status?: number; retryAfterMs?: number }
  /** The caller gave up, or no answer to a write arrived, which may have been carried out. */
  | { stage: 'request'; noAnswer: 'cancelled' | 'writeLost' | 'writeTimedOut' }
  /** What a person, the host or the window did. */
  | { stage: 'window'; event: WindowEvent }
  /** A well-formed answer that may not be accepted. */
  | { stage: Stage; refused: RefusedAnswer };

export type WindowEvent =
  | 'closed'
  | 'cancelled'
  | 'timedOut'
  | 'navigatedAway'
  | 'certificate'
  | 'crashed'
  | 'couldNotOpen'
  | 'noPlatformPage'
  | 'unattended';

export type RefusedAnswer =
  | 'incomplete'
  | 'foreignInstance'
  | 'foreignEndpoints'
  | 'stateMismatch'
  | 'neitherCodeNorError'
  | 'identity'
  | 'notBound'
  | 'otherUser'
  | 'foreignVerification'
  | 'deviceCodeOver'
  | 'signedOutElsewhere'
  | 'stillRefused'
  | 'notRenewable'
  | 'endpointNotAllowed'
  | 'tooDeep'
  | 'paused'
  | 'overBudget'
  | 'urlTooLong'
  | 'versionMissing';

export interface OutcomeRow<Id extends string = string> {
  /** Stable name; every failure carries it as `reason`. */
  id: Id;
  stages: readonly Stage[];
  /** Description of what happened, for the documentation. */
  what: string;
  matches: (evidence: Evidence) => boolean;
  code: FailureCode;
  /** The sentence for a person. */
  sentence: string;
  session: SessionAfter;
  retry: Retry;
}

type OAuthEvidence = Extract<Evidence, { error: string }>;

/** Matches an OAuth or REST error by its code, and by its description where one is given. */
export const says =
  (errors: string | readonly string[], description?: RegExp) =>
  (evidence: Evidence): boolean =>
    'error' in evidence &&
    [errors].flat().includes(evidence.error) &&
    (!description || description.test((evidence as OAuthEvidence).description));
/** Matches one way to get no answer. */
export const gave =
  (noAnswer: NoAnswer | 'cancelled' | 'writeLost' | 'writeTimedOut') =>
  (evidence: Evidence): boolean =>
    'noAnswer' in evidence && evidence.noAnswer === noAnswer;
/** Matches what a person, the host or the window did. */
export const did =
  (event: WindowEvent) =>
  (evidence: Evidence): boolean =>
    'event' in evidence && evidence.event === event;
/** An error status without an error body of Salesforce. */
export const answered =
  (fits: (status: number) => boolean) =>
  (evidence: Evidence): boolean =>
    'error' in evidence && evidence.error === '' && evidence.status !== undefined && fits(evidence.status);
/** Matches one kind of well-formed answer that may not be accepted. */
export const refused =
  (answer: RefusedAnswer) =>
  (evidence: Evidence): boolean =>
    'refused' in evidence && evidence.refused === answer;

/** The members of a row; a table may supply those that are left out. */
type RowParts<Id extends string> = Omit<OutcomeRow<Id>, 'session' | 'stages'> &
  Partial<Pick<OutcomeRow<Id>, 'session' | 'stages'>>;

export function row<const Id extends string>({
  session = 'none',
  stages = [],
  ...parts
}: RowParts<Id>): OutcomeRow<Id> {
  return { ...parts, stages, session };
}
