import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { userIdOfAccount } from './accountId.ts';
import type { OAuthState } from './oauthState.ts';
import { highAssuranceReason, verifiedMethod } from './verifiedSession.ts';

const { Check, Prompt, base } = interactionPolicy;

/** Salesforce's refusal of a public app that sends no `code_challenge`. */
export function missingPkce(): Error {
  return new errors.InvalidRequest('missing required code challenge');
}

/**
 * When the user must choose an account, sign in, or approve the app; and which apps are refused once it is known who
 * the user is.
 */
export function interactionPolicyOf(state: OAuthState): InstanceType<typeof Prompt>[] {
  const policy = base();
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0);
  requirePrompt(policy.get('login')).checks.add(
    new Check(highAssuranceReason, 'the app wants a verified session', 'login_required', ({ oidc }) => {
      const isVerified = oidc.session?.amr?.includes(verifiedMethod) ?? false;
      return (state.apps.find(oidc.client?.clientId)?.highAssurance ?? false) && !isVerified;
    }),
  );
  const { checks } = requirePrompt(policy.get('consent'));
  checks.remove('native_client_prompt');
  checks.add(
    new Check('app_policy', 'the org refuses the app', (ctx) => {
      refuseForbiddenApp(ctx, state);
      return Check.NO_NEED_TO_PROMPT;
    }),
    0,
  );
  policy.add(
    new Prompt(
      { name: 'request', requestable: false },
      new Check('forbidden', 'the org refuses the request', (ctx) => {
        refuseForbiddenRequest(ctx);
        return Check.NO_NEED_TO_PROMPT;
      }),
    ),
    0,
  );
  return policy;
}

/** Refusals that need no user: scope words the org does not know, a wrong `dpop_jkt`, `immediate` with `prompt`. */
function refuseForbiddenRequest({ oidc: { params } }: KoaContextWithOIDC): void {
  const unknown = params?.['unknown_scope'];
  if (typeof unknown === 'string') throw new errors.InvalidScope('the requested scope is not allowed', unknown);
  const thumbprint = params?.['code_key'];
  if (thumbprint !== undefined && !/^[\w-]{43}$/u.test(String(thumbprint))) {
    throw new errors.InvalidRequest('dpop_jkt is not a thumbprint');
  }
  if (params?.['immediate'] === 'true' && params['prompt'] !== 'none') {
    throw new errors.InvalidRequest('immediate and prompt must not be combined');
  }
}

/** Refusals that Salesforce raises only after a successful login. */
function refuseForbiddenApp(ctx: KoaContextWithOIDC, { apps, users }: OAuthState): void {
  const app = apps.find(ctx.oidc.client?.clientId);
  const accountId = ctx.oidc.account?.accountId;
  if (!app || accountId === undefined) return;
  if (!app.installed) {
    throw new errors.CustomOIDCProviderError(
      'OAUTH_EC_APP_NOT_FOUND',
      'External client app is not installed in this org',
    );
  }
  if (app.blocked) {
    throw new errors.CustomOIDCProviderError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
  }
  const username = users.byId(userIdOfAccount(accountId))?.username ?? '';
  if (app.adminApprovedOnly && !app.approvedUsernames.includes(username)) {
    throw new errors.CustomOIDCProviderError(
      'OAUTH_APP_ACCESS_DENIED',
      'user is not admin approved to access this app',
    );
  }
}

function requirePrompt<T>(prompt: T | undefined): T {
  if (!prompt) throw new Error('oidc-provider has no consent prompt');
  return prompt;
}
