/** Parts of the org a fault can be put on by name. */
export const endpointNames = [
  'authorize',
  'token',
  'revoke',
  'introspect',
  'userinfo',
  'identity',
  'discovery',
  'sign-in',
  'rest',
] as const;

export type EndpointName = (typeof endpointNames)[number];

const patterns: Readonly<Record<EndpointName, RegExp>> = {
  authorize: /^\/services\/oauth2\/authorize(?:\/|$)/u,
  token: /^\/services\/oauth2\/token$/u,
  revoke: /^\/services\/oauth2\/revoke$/u,
  introspect: /^\/services\/oauth2\/introspect$/u,
  userinfo: /^\/services\/oauth2\/userinfo$/u,
  identity: /^\/id\/00D/u,
  discovery: /^\/\.well-known\//u,
  'sign-in': /^\/(?:login|consent|setup\/connect)(?:\/|$)/u,
  rest: /^\/services\/(?:data|apexrest)(?:\/|$)/u,
};

/** The part of the org that a request path belongs to, if it has a name. */
export function endpointOf(path: string): EndpointName | undefined {
  return endpointNames.find((name) => patterns[name].test(path));
}
