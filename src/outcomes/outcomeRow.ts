import type { FailureCode } from './failure.ts';

/** Where in a session's life something was answered or done. */
export type Stage =
  'discovery' | 'authorize' | 'code' | 'device' | 'poll' | 'server' | 'refresh' | 'revoke' | 'request' | 'window';

/** What is left of the session afterwards: never there, as it was, only a person can bring it back, over. */
export type SessionAfter = 'none' | 'kept' | 'signInRequired' | 'ended';

/**
 * Whether asking again helps: by itself at once (reads only, for some), by itself later, when the caller asks again,
 * after signing in, not at all.
 */
export type Retry = 'now' | 'nowIfRead' | 'later' | 'onRequest' | 'afterSignIn' | 'no';

/** How an answer failed that was no answer of Salesforce's OAuth or REST interface. */
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

/** What there is to decide on. */
export type Evidence =
  /** An OAuth error (RFC 6749, 4.1.2.1 and 5.2) or a Salesforce REST error code, with its description or message. */
  | { stage: Stage; error: string; description: string; status?: number; retryAfterMs?: number }
  | { stage: Stage; noAnswer: NoAnswer; status?: number; retryAfterMs?: number }
  /** The caller gave up. */
  | { stage: 'request'; noAnswer: 'cancelled' }
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
  | 'urlTooLong'
  | 'versionMissing';

export interface OutcomeRow<Id extends string = string> {
  /** Stable name; every failure carries it as `reason`. */
  id: Id;
  stages: readonly Stage[];
  /** What happened, in words; for the documentation. */
  what: string;
  matches: (evidence: Evidence) => boolean;
  code: FailureCode;
  /** The sentence for a person. */
  sentence: string;
  session: SessionAfter;
  retry: Retry;
}

type OAuthEvidence = Extract<Evidence, { error: string }>;

export const says =
  (errors: string | readonly string[], description?: RegExp) =>
  (evidence: Evidence): boolean =>
    'error' in evidence &&
    [errors].flat().includes(evidence.error) &&
    (!description || description.test((evidence as OAuthEvidence).description));
export const gave =
  (noAnswer: NoAnswer | 'cancelled') =>
  (evidence: Evidence): boolean =>
    'noAnswer' in evidence && evidence.noAnswer === noAnswer;
export const did =
  (event: WindowEvent) =>
  (evidence: Evidence): boolean =>
    'event' in evidence && evidence.event === event;
/** An error answer in which Salesforce itself said nothing. */
export const answered =
  (fits: (status: number) => boolean) =>
  (evidence: Evidence): boolean =>
    'error' in evidence && evidence.error === '' && evidence.status !== undefined && fits(evidence.status);
export const refused =
  (answer: RefusedAnswer) =>
  (evidence: Evidence): boolean =>
    'refused' in evidence && evidence.refused === answer;

/** What is said of a row; a table may fill in what is left out. */
type RowParts<Id extends string> = Omit<OutcomeRow<Id>, 'session' | 'stages'> &
  Partial<Pick<OutcomeRow<Id>, 'session' | 'stages'>>;

export function row<const Id extends string>({
  session = 'none',
  stages = [],
  ...parts
}: RowParts<Id>): OutcomeRow<Id> {
  return { ...parts, stages, session };
}
