/** What an app's `authFlowParams` come to, beside what the provider itself asks of the org's authorize page. */
type Parameters = Readonly<Record<string, string>>;

const wordsOf = (prompt: string | undefined): string[] => (prompt ?? '').split(/\s+/).filter((word) => word !== '');

/**
 * The further parameters of a sign-in with a person. `prompt` is a list of words (OpenID Connect Core, 3.1.2.1;
 * Salesforce's web server flow knows the same): an app's words are added to the provider's own, never put in their
 * place. After "Sign out" the org is to ask who it is (`select_account`), so hints at who that may be (`login_hint`),
 * or at an identity provider that may still know the person before (`sso_provider`), are left out. Which names and
 * words an app may use at all the token worker says.
 */
export function authorizeParameters(ofApp: Parameters = {}, isSignedOut: boolean): Record<string, string> {
  const { prompt, login_hint: hint, sso_provider: identityProvider, ...others } = ofApp;
  const words = [...new Set([...(isSignedOut ? ['select_account'] : []), ...wordsOf(prompt)])];
  return {
    ...others,
    ...(!isSignedOut && hint !== undefined && { login_hint: hint }),
    ...(!isSignedOut && identityProvider !== undefined && { sso_provider: identityProvider }),
    ...(words.length > 0 && { prompt: words.join(' ') }),
  };
}
