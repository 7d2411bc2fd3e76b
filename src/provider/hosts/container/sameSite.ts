import { getDomain } from 'tldts-icann';

/**
 * Whether two pages are of one site: one scheme, and one registrable domain by the Public Suffix List, or one host that
 * has none. Only such pages meet in the browser's storage: a frame of one within the other shares its SharedWorkers and
 * BroadcastChannels with all its pages, and any other frame has a partition of its own.
 *
 * The browser decides, with the whole of the list. Here are the suffixes of registries only, a third of it, without
 * those of hosting services (`github.io`): two of their customers count as one site, and an app of one tries for a lane
 * to a provider of the other in vain.
 *
 * @param origins of the pages
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
export function isSameSite(...origins: readonly [string, string]): boolean {
  const [one, other] = origins.map(siteOf);
  return one === other;
}

function siteOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${getDomain(hostname) ?? hostname}`;
}
