import type { DoctorContext, Landing, OAuthRefusal } from './doctorContext.ts';
import { onlyOnce, type Authorize } from './probes.ts';

const mostHops = 6;
/**
 * The code challenge of RFC 7636, appendix B. A published one will do, as no code that it protects is ever redeemed.
 */
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/** Sends authorize requests without a person, each variant once per examination. */
export function createAuthorize(context: DoctorContext): Authorize {
  const { orgUrl, consumerKey, redirectUri, scopes } = context;
  const once = onlyOnce();
  return ({ withChallenge = true, immediate = true } = {}) =>
    once(`${withChallenge} ${immediate}`, () => {
      const url = new URL('/services/oauth2/authorize', orgUrl);
      const parameters = {
        response_type: 'code',
        client_id: consumerKey,
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state: 'doctor',
        ...(withChallenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
        ...(immediate && { immediate: 'true' }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return landingOf(url.href, context);
    });
}

/**
 * Follows an authorize request through the org's own redirects, as a browser without a person would. A redirect to
 * another place is reported and not followed.
 */
async function landingOf(
  url: string,
  { send, redirectUri }: Pick<DoctorContext, 'send' | 'redirectUri'>,
): Promise<Landing> {
  const orgOrigin = new URL(url).origin;
  const cookies = new Map<string, string>();
  let at = new URL(url);
  for (let hop = 0; hop < mostHops; hop++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await send(at.href, { headers: cookie ? { cookie } : {} });
    if (!answer.answered) return { place: 'nowhere', answer };
    for (const line of answer.cookies) {
      const [pair = ''] = line.split(';', 1);
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.header('location');
    const isRedirect =
      answer.status >= 300 && answer.status < 400 && location !== null && URL.canParse(location, at.href);
    if (!isRedirect)
      return answer.status < 500
        ? { place: 'orgPage', ...refusalOnPage(at, answer.text) }
        : { place: 'nowhere', answer };
    at = new URL(location, at.href);
    if (isCallback(at, redirectUri)) return { place: 'callback', ...refusalIn(at.searchParams) };
    if (at.origin !== orgOrigin) return { place: 'elsewhere', origin: at.origin };
  }
  return { place: 'orgPage' };
}

function isCallback(url: URL, redirectUri: string): boolean {
  return (
    URL.canParse(redirectUri) &&
    url.origin === new URL(redirectUri).origin &&
    url.pathname === new URL(redirectUri).pathname
  );
}

function refusalIn(parameters: URLSearchParams): Partial<OAuthRefusal> {
  const error = parameters.get('error');
  return error === null ? {} : { error, description: parameters.get('error_description') ?? '' };
}

/** Salesforce puts error and description into the address of its error page, or in older pages into the text. */
function refusalOnPage(url: URL, text: string): Partial<OAuthRefusal> {
  const inAddress = refusalIn(url.searchParams);
  if (inAddress.error !== undefined) return inAddress;
  const error = /error=(redirect_uri_mismatch|invalid_client_id|invalid_client|OAUTH_[A-Z_]{1,60})/.exec(text)?.[1];
  return error === undefined ? {} : { error, description: '' };
}
