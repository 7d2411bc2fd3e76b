/** How an app's `authFlowParams` are joined with the provider's own parameters of the org's authorize page. */
type Parameters = Readonly<Record<string, string>>;

const wordsOf = (prompt: string | undefined): string[] => (prompt ?? '').split(/\s+/).filter((word) => word !== '');

/**
 * Joins the parameters for a sign-in with a person. `prompt` is a list of words (OpenID Connect Core, 3.1.2.1;
 * Salesforce's web server flow takes the same): an app's words are added to the provider's and never replace them.
 * After "Sign out" the org has to ask which user it is (`select_account`), so hints at a user (`login_hint`), or at an
 * identity provider that may still have a session of the last person (`sso_provider`), are left out. The token worker
 * decides which names and words an app may use.
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
