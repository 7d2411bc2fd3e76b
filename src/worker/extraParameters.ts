import { failure, type Failure } from '../outcomes/failure.ts';

/**
 * Authorize parameters that an app may add: those of Salesforce's web server flow that say how a person is asked. All
 * others belong to the flow itself (RFC 6749, RFC 7636, RFC 9449, OpenID Connect Core), say where a login page leads
 * afterwards, or are unknown to Salesforce.
 */
const allowed = ['display', 'login_hint', 'prompt', 'sso_provider'];

/**
 * Words of `prompt`. `none` is not among them, as it would ask nobody: for that there is `getConnection()`, which uses
 * `immediate`.
 */
const promptWords = ['consent', 'login', 'select_account'];

/** Longer than any user name, and short enough for a URL. */
const longestValue = 500;

/** Flows that are not offered, by the parameter that asks for them (RFC 9700, 2.1.2 and 2.4). */
const refusedFlows = [
  {
    asks: (name: string, value: string) => name === 'response_type' && /token/i.test(value),
    flow: 'The implicit (user-agent) flow',
  },
  {
    asks: (name: string, value: string) => name === 'grant_type' && value === 'password',
    flow: 'The username-password flow',
  },
  { asks: (name: string) => name === 'username' || name === 'password', flow: 'The username-password flow' },
];

/** Why an app may not set these parameters of a sign-in; undefined when it may. */
export function refuseParameters(
  extraParameters: Readonly<Record<string, string>>,
): { ok: false; error: Failure } | undefined {
  for (const [name, value] of Object.entries(extraParameters)) {
    const refused = refusedFlows.find(({ asks }) => asks(name.toLowerCase(), value));
    if (refused)
      return failure(
        'INVALID_PARAMETER',
        `${refused.flow} is not offered: it hands tokens or passwords to pages. Leave ${name} out for the web server flow with PKCE.`,
      );
    if (!allowed.includes(name))
      return failure(
        'INVALID_PARAMETER',
        `authFlowParams cannot set ${name}: an app may set ${allowed.join(', ')}, and the sign-in itself the rest.`,
      );
    if (value.length > longestValue)
      return failure('INVALID_PARAMETER', `authFlowParams: ${name} is longer than ${longestValue} characters.`);
    const wrong = name === 'prompt' ? value.split(' ').find((word) => !promptWords.includes(word)) : undefined;
    if (wrong !== undefined) {
      return failure(
        'INVALID_PARAMETER',
        `authFlowParams: prompt cannot be "${wrong}"; it may be ${promptWords.join(', ')}, or several of them. For a sign-in that asks nobody call getConnection().`,
      );
    }
  }
  return undefined;
}
