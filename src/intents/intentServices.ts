import type { Outcome } from '../outcomes/failure.ts';
import type { RecordViewState } from '../channel/protocol.ts';
import type { IntentError } from './intentError.ts';

/** Who raised an intent, as far as the desktop agent says it. Agents without originating metadata leave it empty. */
export interface IntentCaller {
  appId?: string;
  instanceId?: string;
}

/**
 * Leave to answer one intent. It takes one of the places of its app until it is over and what it has shown is closed.
 */
export interface IntentPass {
  caller: IntentCaller;
  /** The intent is answered or has failed. */
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
}

/** A record view that is open before a person. */
export interface RecordViewHandle {
  /** The record the person picked or created; `undefined` once the view is closed without a choice. Never rejects. */
  chosen: Promise<RecordChoice | undefined>;
}

export interface RecordViewRequest {
  session: IntentSession;
  state: RecordViewState;
  /** Caption of the window or panel. */
  title: string;
}

/** An intent that was not answered, and what a person can do about it. */
export interface FailedIntent {
  caller: IntentCaller;
  intent: string;
  /** What was to be shown, in words: `the contact "Ada Lovelace"`. */
  subject: string;
  error: IntentError;
  /** What a person could search for instead. */
  search: { type: 'Contact' | 'Account'; query: string };
  /** The orgs that its context names, as `connect` gets them. */
  orgUrls: readonly string[];
  /** Answers it anew, for the person; the app has had its answer. Never rejects: what fails then is told as before. */
  retry(): Promise<void>;
}

export interface IntentRequestOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
}

/**
 * What the intents ask of the provider. They know neither the worker nor the channel: this is the same door other apps
 * use, so access policy and audit apply to an intent as they do to a call.
 */
export interface IntentServices {
  /**
   * May this app raise this intent here and now? A failure is told to the app; nothing of Salesforce has been touched
   * by then.
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
  /**
   * Opens a record view. With a state of kind `choose` or `none` the page reports the choice by `recordView.chosen` and
   * goes on to show that record by itself, so the state kept for it should become `record`.
   */
  showRecord(request: RecordViewRequest): Promise<Outcome<RecordViewHandle>>;
  /** An intent was refused or has failed, and not by a decision of the person, who is to be told. */
  failed(intent: FailedIntent): void;
}
