import type { Outcome } from '../outcomes/failure.ts';
import type { RecordViewState } from '../channel/protocol.ts';
import type { IntentError } from './intentError.ts';

/**
 * The app that raised an intent, as far as the desktop agent names it. Agents without originating metadata leave it
 * empty.
 */
export interface IntentCaller {
  appId?: string;
  instanceId?: string;
  /** What joins all that follows from one act of a person, where the agent gives it (FDC3 3.0). */
  traceId?: string;
}

/**
 * Permission to answer one intent. It counts towards the share of its app until it has ended and the view that it has
 * opened is closed.
 */
export interface IntentPass {
  caller: IntentCaller;
  /** To be called when the intent is answered or has failed. */
  end(): void;
}

/** A signed-in session the intent may work in. */
export interface IntentSession {
  sessionId: string;
  orgUrl: string;
}

export interface RecordChoice {
  type: string;
  id: string;
  /** What has become of it, where it was more than picked. */
  outcome?: 'created' | 'updated' | 'unchanged' | undefined;
}

/** A record view that is open before a person. */
export interface RecordViewHandle {
  /** The record the person picked or created; `undefined` once the view is closed without a choice. Never rejects. */
  chosen: Promise<RecordChoice | undefined>;
  /** What Salesforce had refused to write before the person gave up, in a sentence. */
  refusal?(): string | undefined;
}

export interface RecordViewRequest {
  session: IntentSession;
  state: RecordViewState;
  /** What was asked for, by which the person's choice is remembered; none where it is not to be. */
  askedFor?: string | undefined;
  /** Caption of the window or panel. */
  title: string;
  /**
   * One view for all who ask for the same: while one is open in which nothing is chosen yet, others are answered by
   * what is chosen there. For what must not be written twice.
   */
  isShared?: boolean | undefined;
}

/** An intent that was not answered, and what a person can do about it. */
export interface FailedIntent {
  caller: IntentCaller;
  intent: string;
  /** What the app wanted to do, as a verb: `show`. */
  verb: string;
  /** What it was about, in words: `the contact "Ada Lovelace"`. */
  subject: string;
  error: IntentError;
  /** What a person could search for instead. */
  search: { type: 'Contact' | 'Account'; query: string };
  /** The orgs that its context names, as `connect` takes them. */
  orgUrls: readonly string[];
  /**
   * Answers the intent once more, for the person; the raising app has had its answer. Never rejects: a failure is told
   * to the person as before.
   */
  retry(): Promise<void>;
}

export interface IntentRequestOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
  /**
   * How old a copy of the answer may be, in milliseconds, and whether what such a copy says is enough: if it is not,
   * the org is asked. Left out, the services decide for how long a copy counts as fresh.
   */
  copy?: { maxAge: number; isEnough: (data: unknown) => boolean };
}

/**
 * What the intent handlers need of the provider. They know neither the worker nor the channel, and use the same service
 * as apps do, so that access policy and audit apply to an intent as to a call.
 */
export interface IntentServices {
  /**
   * Decides whether this app may raise this intent now. A failure is told to the app; until then no request has gone to
   * Salesforce.
   */
  authorize(caller: IntentCaller, intent: string): Outcome<IntentPass>;
  /**
   * The session to work in; leads the person through sign-in when nobody is signed in.
   *
   * @param orgUrls Origins of the orgs that the context names, the likeliest first. A services that knows none of
   *   them, or gets none, takes the org that the raising app works in.
   */
  connect(pass: IntentPass, orgUrls: readonly string[]): Promise<Outcome<IntentSession>>;
  /** A REST request in that session; the outcome holds the parsed JSON body. `vXX.X` in the path is filled in. */
  request(sessionId: string, path: string, options?: IntentRequestOptions): Promise<Outcome<unknown>>;
  /** The record that this person has chosen before for the same. */
  chosenBefore(session: IntentSession, askedFor: string): Promise<RecordChoice | undefined>;
  /**
   * Opens a record view. With a state of kind `choose` or `none` the page reports the choice by `recordView.chosen` and
   * goes on to show that record by itself, so the state kept for it should become `record`.
   */
  showRecord(request: RecordViewRequest): Promise<Outcome<RecordViewHandle>>;
  /** An intent was refused or has failed, and not by a decision of the person, who is to be told. */
  failed(intent: FailedIntent): void;
}
