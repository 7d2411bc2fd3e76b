import * as oauth from 'oauth4webapi';
import type { Answer, DoctorContext, Landing, NoAnswer, OAuthRefusal } from './doctorContext.ts';

/** A token that no org has ever issued. The checks look at the reason for which it is refused. */
const unknownToken = 'doctor.examination.no-token-of-anybody';

/**
 * Finds where an authorize request leads.
 *
 * @param without Leaves the code challenge or `immediate` out of it.
 */
export type Authorize = (without?: { withChallenge?: boolean; immediate?: boolean }) => Promise<Landing>;

export interface Probes extends ReturnType<typeof createProbes> {
  /** Absent in a browser, which hides from a page where a redirect leads. */
  authorize?: Authorize;
}
export type TokenProbe = { answer: Answer | NoAnswer; refusal: OAuthRefusal | undefined };

/**
 * Requests that several checks look at, each sent once per examination. None of them can change anything at the org.
 */
export function createProbes(context: DoctorContext) {
  const { orgUrl, consumerKey, redirectUri, send } = context;
  const once = onlyOnce();
  const at = (path: string): string => new URL(path, orgUrl).href;

  const form = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...headers },
      body: new URLSearchParams(fields).toString(),
    });

  const fieldsOf = {
    refresh_token: { refresh_token: unknownToken },
    authorization_code: { code: unknownToken, redirect_uri: redirectUri, code_verifier: unknownToken.padEnd(43, '-') },
  };
  type Grant = keyof typeof fieldsOf;

  function token(grant: Grant, headers: Record<string, string> = {}): Promise<TokenProbe> {
    return once(`token ${grant} ${JSON.stringify(headers)}`, async () =>
      readRefusal(
        await form(
          at('/services/oauth2/token'),
          { grant_type: grant, client_id: consumerKey, ...fieldsOf[grant] },
          headers,
        ),
      ),
    );
  }

  /**
   * The same with a proof of possession (RFC 9449, 5) by a key of this examination, repeated with a nonce on demand.
   */
  function provenToken(grant: Grant): Promise<TokenProbe> {
    return once(`proven ${grant}`, async () => {
      const key = oauth.DPoP({}, await oauth.generateKeyPair('ES256'));
      let seen = await sendProven(grant, key);
      if (seen.refusal?.error === 'use_dpop_nonce') seen = await sendProven(grant, key);
      return seen;
    });
  }

  async function sendProven(grant: Grant, key: oauth.DPoPHandle): Promise<TokenProbe> {
    let answer: Answer | NoAnswer | undefined;
    const server = { issuer: orgUrl, token_endpoint: at('/services/oauth2/token') };
    await oauth.genericTokenEndpointRequest(server, { client_id: consumerKey }, oauth.None(), grant, fieldsOf[grant], {
      DPoP: key,
      [oauth.allowInsecureRequests]: new URL(orgUrl).protocol === 'http:',
      [oauth.customFetch]: async (url, { headers, body }) => {
        answer = await send(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: String(body),
        });
        const nonce = answer.answered ? answer.header('dpop-nonce') : null;
        return new Response(null, { status: 400, headers: nonce === null ? {} : { 'dpop-nonce': nonce } });
      },
    });
    return readRefusal(answer!);
  }

  return {
    discovery: () => once('discovery', () => send(at('/.well-known/openid-configuration'))),
    token,
    provenToken,
    /** Asks as the app would: with a proof where the org wants one. */
    async asApp(grant: Grant): Promise<TokenProbe> {
      const plain = await token(grant);
      return isAboutProof(plain.refusal) ? provenToken(grant) : plain;
    },
    revoke: (headers: Record<string, string> = {}) =>
      form(at('/services/oauth2/revoke'), { token: unknownToken }, headers),
    introspect: (headers: Record<string, string> = {}) =>
      form(at('/services/oauth2/introspect'), { token: unknownToken, client_id: consumerKey }, headers),
    renewal: () => once('renewal', async () => context.session!.renew()),
  };
}

/** Runs each named work once, and gives its outcome to all who ask. */
export function onlyOnce() {
  const begun = new Map<string, Promise<unknown>>();
  return function once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = (begun.get(name) as Promise<T> | undefined) ?? work();
    begun.set(name, started);
    return started;
  };
}

/** Whether an endpoint refused a request because of its proof of possession (RFC 9449, 5 and 8). */
export const isAboutProof = (refusal: OAuthRefusal | undefined): boolean =>
  refusal !== undefined && /^(?:invalid_dpop_proof|use_dpop_nonce)$/.test(refusal.error);

function readRefusal(answer: Answer | NoAnswer): TokenProbe {
  return { answer, refusal: answer.answered ? refusalOf(answer.text) : undefined };
}

function refusalOf(text: string): OAuthRefusal | undefined {
  try {
    const { error, error_description: description } = JSON.parse(text) as Record<string, unknown>;
    return typeof error === 'string'
      ? { error, description: typeof description === 'string' ? description : '' }
      : undefined;
  } catch {
    return undefined;
  }
}
