import type { Outcome } from '../outcomes/failure.ts';

/** The answer to a request, as far as the environment that sent it may read it. */
export interface Answer {
  answered: true;
  /** 0 for a redirect that a browser hides. */
  status: number;
  /** Lower-case name; null for what is missing or hidden. */
  header(name: string): string | null;
  cookies: readonly string[];
  text: string;
}

/** No answer, or one that a browser keeps from the page. */
export interface NoAnswer {
  answered: false;
  why: 'timedOut' | 'certificate' | 'nameUnknown' | 'refused' | 'unreadable';
  /** The system's error code, e.g. `ENOTFOUND`. */
  detail: string;
}

export interface ProbeRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Certificate {
  validTo: number;
  issuer: string;
}

/** The session of a signed-in person, for checks that need one. No result holds a token. */
export interface ExaminedSession {
  scopes: readonly string[];
  tokenBinding: 'dpop' | 'bearer';
  isRenewable: boolean;
  /** Renews the session now. `rotated`: another refresh token came with it. */
  renew(): Promise<Outcome<{ rotated: boolean }>>;
  /** GET of a path of the REST API. */
  get(path: string): Promise<Outcome<{ status: number; json: unknown }>>;
}

/** The set-up to examine, and what the environment of the examination can do. */
export interface DoctorContext {
  orgUrl: string;
  consumerKey: string;
  redirectUri: string;
  scopes: readonly string[];
  /** Origin of the provider's pages. */
  origin: string;
  dpop: 'off' | 'preferred' | 'required';
  /** In the device flow there is no redirect. */
  flow: 'webServer' | 'device';
  identityProviders: readonly string[];
  /** Of the REST API, as the configuration has it. */
  apiVersion: string;
  /** Origins beyond Salesforce's own that count as orgs. */
  extraOrigins: readonly string[];
  workerScriptUrl: string;
  /** Whether CORS limits what can be read. Elsewhere redirects, headers and all answers can be. */
  inBrowser: boolean;
  /** Milliseconds since 1970 by the clock of this machine. */
  now(): number;
  /** A trusted server's time, where the org's cannot be read. */
  serverTime(): Promise<number | undefined>;
  /** Never follows a redirect, never sends cookies of its own, and never rejects. */
  send(url: string, request?: ProbeRequest): Promise<Answer | NoAnswer>;
  /** The org's certificate, where it can be looked at. */
  certificate?(): Promise<Certificate | undefined>;
  session?: ExaminedSession | undefined;
  /** The desktop agent that the provider has joined, where that is of another maker. */
  desktopAgent?: DescribedAgent | undefined;
}

export interface DescribedAgent {
  /** What it calls itself. */
  name: string;
  /** Whether it says which app has raised an intent. */
  namesSource: boolean;
  /** Whether intents are answered of which it does not say that. */
  answersUnnamed: boolean;
}

/** An error response of an OAuth endpoint. */
export interface OAuthRefusal {
  error: string;
  description: string;
}

/** Where an authorize request ends without a person. */
export type Landing =
  | ({ place: 'callback' } & Partial<OAuthRefusal>)
  | ({ place: 'orgPage' } & Partial<OAuthRefusal>)
  | { place: 'elsewhere'; origin: string }
  | { place: 'nowhere'; answer: NoAnswer | Answer };
