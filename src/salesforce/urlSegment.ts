/**
 * Percent-encodes a text for a path segment or a query value. A lone surrogate, which cutting a text may leave and for
 * which `encodeURIComponent` throws, becomes U+FFFD, as in a URL parser.
 */
export function urlSegment(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
