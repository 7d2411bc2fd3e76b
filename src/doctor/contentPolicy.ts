/** The directives of a Content Security Policy by name (W3C CSP 3, 2.2.1: of two of the same name the first counts). */
export function readContentPolicy(text: string | null): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const directive of (text ?? '').split(';')) {
    const [name = '', ...values] = directive.trim().split(/\s+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values.join(' '));
  }
  return directives;
}

/** Whether a page with this policy may fetch from the origin: `connect-src`, or else `default-src`. */
export function mayConnect(policy: ReadonlyMap<string, string>, origin: string): boolean {
  const sources = policy.get('connect-src') ?? policy.get('default-src');
  if (sources === undefined) return true;
  const { protocol, host } = new URL(origin);
  return sources
    .split(' ')
    .some((source) => source === '*' || source === protocol || matchesHost(source, protocol, host));
}

function matchesHost(source: string, protocol: string, host: string): boolean {
  const [, scheme, pattern = ''] = /^(?:([a-z]+:)\/\/)?([^/]+)/.exec(source) ?? [];
  if (scheme !== undefined && scheme !== protocol) return false;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : pattern === host;
}
