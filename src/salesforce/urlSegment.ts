/**
 * Percent-encodes a text for a path segment or a query value. Half of a surrogate pair, as cutting a text leaves it and
 * over which `encodeURIComponent` fails, becomes U+FFFD, as in a URL parser.
 */
export function urlSegment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
