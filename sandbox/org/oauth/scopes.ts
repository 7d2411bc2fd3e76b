/** Scope words the embedded org knows (Salesforce Help, "OAuth Tokens and Scopes"). */
export const salesforceScopes = [
  'api',
  'refresh_token',
  'openid',
  'id',
  'web',
  'full',
  'profile',
  'email',
  'address',
  'phone',
  'visualforce',
  'lightning',
  'content',
  'chatter_api',
  'custom_permissions',
] as const;

export type SalesforceScope = (typeof salesforceScopes)[number];

/** What the approval page says an app may do, per scope word. */
export const scopeDescriptions: Record<SalesforceScope, string> = {
  api: 'Read and change records through the API',
  refresh_token: 'Keep access while you are away, until you revoke it',
  openid: 'Confirm who you are',
  id: 'See your name, email address and organization',
  web: 'Open the org in a browser on your behalf',
  full: 'Everything you can do in this org',
  profile: 'See your profile',
  email: 'See your email address',
  address: 'See your postal address',
  phone: 'See your phone number',
  visualforce: 'Open Visualforce pages on your behalf',
  lightning: 'Open Lightning pages on your behalf',
  content: 'Open files on your behalf',
  chatter_api: 'Read and write Chatter',
  custom_permissions: 'See your custom permissions',
};

/** Whether the org knows this scope word. */
export function isSalesforceScope(word: string): word is SalesforceScope {
  return (salesforceScopes as readonly string[]).includes(word);
}

/**
 * Splits a `scope` parameter into distinct words, first occurrence first. `offline_access` is Salesforce's other name
 * for `refresh_token`.
 */
export function parseScopes(scope: string): string[] {
  const words = scope.split(/\s+/u).filter((word) => word !== '');
  return [...new Set(words.map((word) => (word === 'offline_access' ? 'refresh_token' : word)))];
}
