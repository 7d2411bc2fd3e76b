import type { Outcome } from '../channel/failure.ts';
import type { RecordViewState } from '../channel/protocol.ts';

/** Who raised an intent, as far as the desktop agent says it. Agents without originating metadata leave it empty. */
export interface IntentCaller {
  appId?: string;
  instanceId?: string;
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

export interface DeskRequestOptions {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
}

/**
 * What the intents ask of the provider. They know neither the worker nor the channel: this is the same door other apps
 * use, so access policy and audit apply to an intent as they do to a call.
 */
export interface IntentDesk {
  /** May this app raise this intent here? A failure is told to the app; nothing of Salesforce has been touched by then. */
  authorize(caller: IntentCaller, intent: string): Outcome<void>;
  /** The session to work in; leads the person through sign-in when nobody is signed in. */
  connect(caller: IntentCaller): Promise<Outcome<IntentSession>>;
  /** A REST request in that session; the outcome holds the parsed JSON body. `vXX.X` in the path is filled in. */
  request(sessionId: string, path: string, options?: DeskRequestOptions): Promise<Outcome<unknown>>;
  /**
   * Opens a record view. With a state of kind `choose` or `none` the page reports the choice by `recordView.chosen` and
   * goes on to show that record by itself, so the state kept for it should become `record`.
   */
  showRecord(request: RecordViewRequest): Promise<Outcome<RecordViewHandle>>;
}
