import { failure, type Failure } from '../channel/failure.ts';

/** Authorize parameters that belong to the flow itself (RFC 6749, RFC 7636, RFC 9449, OpenID Connect Core). */
const ownParameters = new Set([
  'client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'code_challenge',
  'code_challenge_method', 'dpop_jkt', 'request', 'request_uri', 'immediate', 'client_secret', 'client_assertion',
]);

/** Names under which login pages are told where to lead a person afterwards: an open redirect in an app's hands. */
const leadsElsewhere = /(?:url|uri)$|^(?:relaystate|target|goto|redirect|returnto)$/;

/** Flows that are not offered, by what somebody would ask for them with (RFC 9700, 2.1.2 and 2.4). */
const refusedFlows = [
  { asks: (name: string, value: string) => name === 'response_type' && /token/i.test(value), flow: 'The implicit (user-agent) flow' },
  { asks: (name: string, value: string) => name === 'grant_type' && value === 'password', flow: 'The username-password flow' },
  { asks: (name: string) => name === 'username' || name === 'password', flow: 'The username-password flow' },
];

/** Why an app may not set these parameters of a sign-in; undefined when it may. */
export function refuseParameters(extraParameters: Readonly<Record<string, string>>): { ok: false; error: Failure } | undefined {
  for (const [name, value] of Object.entries(extraParameters)) {
    const refused = refusedFlows.find(({ asks }) => asks(name.toLowerCase(), value));
    if (refused) return failure('INVALID_PARAMETER', `${refused.flow} is not offered: it hands tokens or passwords to pages. Leave ${name} out for the web server flow with PKCE.`);
    if (leadsElsewhere.test(name.toLowerCase())) return failure('INVALID_PARAMETER', `authFlowParams cannot set ${name}: where a sign-in leads is not an app's to say.`);
    if (ownParameters.has(name.toLowerCase())) return failure('INVALID_PARAMETER', `authFlowParams cannot set ${name}: it belongs to the sign-in itself.`);
  }
  return undefined;
}
