import type { Outcome } from '../outcomes/failure.ts';

/** A session that is there without anybody having been asked. */
export interface HomeSession {
  sessionId: string;
  orgUrl: string;
}

/** What the search needs of the provider, or of a client of it. */
export interface HomeServices {
  /** The session to search in; undefined where somebody would have to sign in. Shows nothing to anybody. */
  session(): Promise<Outcome<HomeSession | undefined>>;
  /** A REST request in that session, `vXX.X` in the path is filled in; the outcome holds the parsed JSON body. */
  request(session: HomeSession, path: string, signal: AbortSignal): Promise<Outcome<unknown>>;
}

/** What is done about a result. */
export interface HomeDeeds {
  /** Leads the person through signing in; also settles where they do not. */
  signIn(): Promise<void>;
  /** Raises an intent. What goes wrong is told to the person there. */
  raise(intent: string, context: { type: string }): Promise<void>;
  /** Opens an https, http, mailto or tel address. */
  open(url: string): Promise<void>;
}
