/**
 * An endpoint as `fetch` would read it: without the tabs and line breaks that a URL parser drops anywhere, and without
 * the spaces and control characters that it drops at both ends (WHATWG URL, "basic URL parser", steps 1 to 3).
 */
export function asUrlParserReads(endpoint: string): string {
  const text = endpoint.replace(/[\t\n\r]/g, '');
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= lastDropped) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= lastDropped) end -= 1;
  return text.slice(start, end);
}

/** The space: it and all characters before it, which are control characters, are dropped. */
const lastDropped = 0x20;
const longestTold = 500;

/**
 * The part of an endpoint that may stand in messages and in the audit trail: origin, if it names one, and path. Queries
 * hold record data; user info and fragments of a pasted URL hold passwords and tokens.
 */
export function tellableEndpoint(endpoint: string): string {
  const text = asUrlParserReads(endpoint).split(/[?#]/, 1)[0]!;
  const told = withoutUserInfo(text);
  return told.length > longestTold ? `${told.slice(0, longestTold)}…` : told;
}

/**
 * Removes user info. Browsers take any number of slashes and backslashes between scheme and host, and two where there
 * is no scheme.
 */
function withoutUserInfo(text: string): string {
  const [, scheme = ''] = /^\/?([a-z][a-z0-9+.-]*:)/i.exec(text) ?? [];
  if (!scheme && !/^[\\/]{2}/.test(text)) return text;
  const rest = text.slice(text.indexOf(scheme) + scheme.length).replace(/^[\\/]+/, '');
  const end = rest.search(/[\\/]|$/);
  const authority = rest.slice(0, end);
  return `${scheme}//${authority.slice(authority.lastIndexOf('@') + 1)}${rest.slice(end)}`;
}
