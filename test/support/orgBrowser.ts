import { createHash, randomBytes } from 'node:crypto';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { demoUsers } from '../../sandbox/org/seed/demoUsers.ts';

export const defaultRedirectUri = 'http://localhost:7072/signed-in.html';
export const [morgan, alex, sam] = demoUsers as [(typeof demoUsers)[0], (typeof demoUsers)[0], (typeof demoUsers)[0]];

export interface Page {
  url: string;
  status: number;
  headers: Headers;
  text: string;
}

/** An authorize request's outcome: the callback URL the app would get, or the page where the org stopped. */
export interface Arrival {
  callback: URL | undefined;
  page: Page | undefined;
}

/** A browser without script: keeps cookies, follows redirects inside the org, fills in its forms. */
export class OrgBrowser {
  readonly #org: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();

  constructor(orgUrl: string) {
    this.#org = orgUrl;
  }

  /** What it keeps, for a browser that is to be known to the org as this one is. */
  get cookies(): { name: string; value: string; path: string }[] {
    return [...this.#cookies].map(([key, kept]) => ({ name: key.split(' ')[0]!, ...kept }));
  }

  /** Opens a URL of the org; a redirect that leaves the org is the callback. */
  async open(url: string, init: RequestInit = {}): Promise<Arrival> {
    let at = new URL(url, this.#org).href;
    let response = await this.#request(at, init);
    while (response.status >= 300 && response.status < 400) {
      const target = new URL(response.headers.get('location') ?? '', at);
      if (target.origin !== this.#org) return { callback: target, page: undefined };
      at = target.href;
      response = await this.#request(at, {});
    }
    const { status, headers } = response;
    return { callback: undefined, page: { url: at, status, headers, text: await response.text() } };
  }

  /** Submits the page's form with its hidden fields and the given ones, to where the form says. */
  async submit({ url, text }: Page, fields: Record<string, string>): Promise<Arrival> {
    const csrf = /name="csrf" value="(\w+)"/u.exec(text)?.[1] ?? '';
    const action = /<form method="post" action="([^"]+)"/u.exec(text)?.[1];
    return this.open(action === undefined ? url : new URL(action, url).href, {
      method: 'POST',
      body: new URLSearchParams({ csrf, ...fields }),
    });
  }

  /** Goes through login and approval as far as they are shown. */
  async signIn(authorizeUrl: string, user: { username: string; password: string } = morgan): Promise<URL> {
    let arrival = await this.open(authorizeUrl);
    if (arrival.page?.url.includes('/login/')) {
      arrival = await this.submit(arrival.page, { username: user.username, password: user.password });
    }
    if (arrival.page?.url.includes('/consent/')) arrival = await this.submit(arrival.page, { decision: 'allow' });
    if (!arrival.callback) throw new Error(`The sign-in stopped at ${arrival.page?.url}: ${arrival.page?.text}`);
    return arrival.callback;
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split(' ')[0]}=${value}`)
      .join('; ');
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      const path = /path=([^;]+)/iu.exec(line)?.[1] ?? '/';
      const key = `${pair.slice(0, split)} ${path}`;
      if (/expires=Thu, 01 Jan 1970/u.test(line)) this.#cookies.delete(key);
      else this.#cookies.set(key, { value: pair.slice(split + 1), path });
    }
    return response;
  }
}

export interface Pkce {
  verifier: string;
  challenge: string;
}

/** A new code verifier and its S256 challenge (RFC 7636 §4.2). */
export function newPkce(): Pkce {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** An authorize URL of the default public app; `undefined` leaves a parameter out. */
export function authorizeUrl(orgUrl: string, pkce: Pkce, parameters: Record<string, string | undefined> = {}): string {
  const url = new URL('/services/oauth2/authorize', orgUrl);
  const all: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: defaultConsumerKey,
    redirect_uri: defaultRedirectUri,
    state: 'a state',
    code_challenge: pkce.challenge,
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: Record<string, string>;
}

/** POSTs to the token endpoint as a client without libraries would: nothing percent-encoded. */
export async function requestToken(
  orgUrl: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const body = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const response = await fetch(new URL('/services/oauth2/token', orgUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
    body,
  });
  const { status, headers: answered } = response;
  return { status, headers: answered, body: (await response.json()) as Record<string, string> };
}

/** A complete sign-in of the default public app in a browser of its own. */
export async function obtainTokens(
  orgUrl: string,
  options: {
    user?: { username: string; password: string };
    parameters?: Record<string, string>;
    browser?: OrgBrowser;
  } = {},
): Promise<Record<string, string>> {
  const pkce = newPkce();
  const browser = options.browser ?? new OrgBrowser(orgUrl);
  const callback = await browser.signIn(authorizeUrl(orgUrl, pkce, options.parameters), options.user);
  const { status, body } = await exchangeCode(orgUrl, callback.searchParams.get('code') ?? '', pkce.verifier);
  if (status !== 200) throw new Error(`No tokens: ${JSON.stringify(body)}`);
  return body;
}

/** Exchanges an authorization code as the default public app. */
export function exchangeCode(orgUrl: string, code: string, verifier: string): Promise<TokenAnswer> {
  return requestToken(orgUrl, {
    grant_type: 'authorization_code',
    client_id: defaultConsumerKey,
    code,
    code_verifier: verifier,
    redirect_uri: defaultRedirectUri,
  });
}

/** Refreshes as the default public app. */
export function refresh(orgUrl: string, refreshToken: string): Promise<TokenAnswer> {
  const fields = { grant_type: 'refresh_token', client_id: defaultConsumerKey, refresh_token: refreshToken };
  return requestToken(orgUrl, fields);
}
