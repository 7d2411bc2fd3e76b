/** Suffixes of an org's pages, each with that of the org's own address (Salesforce Help, "My Domain URL Formats"). */
const pageSuffixes: readonly (readonly [pages: string, org: string])[] = [
  ['.lightning.force.com', '.my.salesforce.com'],
  ['.file.force.com', '.my.salesforce.com'],
  ['.my.salesforce-setup.com', '.my.salesforce.com'],
  ['.my.salesforce-sites.com', '.my.salesforce.com'],
  ['.vf.force.com', '.my.salesforce.com'],
  ['.visualforce.com', '.my.salesforce.com'],
  ['.lightning.crmforce.mil', '.my.salesforce.mil'],
  ['.lightning.sfcrmapps.cn', '.my.sfcrmproducts.cn'],
];
/** Hosts of Visualforce pages name a package after the org: `acme--c.vf.force.com`. */
const packaged: ReadonlySet<string> = new Set(['.vf.force.com', '.visualforce.com']);

/**
 * The My Domain address of the org that a page belongs to, for addresses that people copy out of a browser: Lightning
 * Experience, Setup, Visualforce, files, sites. Those hosts serve pages and neither sign-ins nor the REST API.
 *
 * @returns an origin, or undefined for an address of another kind.
 */
export function myDomainOf(text: string): string | undefined {
  const normalized = normalizeOrgUrl(text);
  if (!URL.canParse(normalized)) return undefined;
  const { hostname, username, password } = new URL(normalized);
  if (username || password) return undefined;
  const found = pageSuffixes.find(([pages]) => hostname.endsWith(pages));
  if (!found) return undefined;
  const [pages, org] = found;
  const name = hostname.slice(0, -pages.length).split('.');
  if (packaged.has(pages)) name[0] = name[0]!.replace(/--[a-z\d]+$/, '');
  return name.every((label) => /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/.test(label))
    ? `https://${name.join('.')}${org}`
    : undefined;
}

/**
 * Normalises the address of an org as people write it to its origin: without path and trailing slash, in lower case,
 * with `https:` where no scheme is named. Anything else is returned unchanged, and the caller has to judge it.
 */
export function normalizeOrgUrl(text: string): string {
  const trimmed = text.trim();
  const named =
    /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) || !/^[a-z\d-]+(?:\.[a-z\d-]+)+(?:[/?#]|$)/i.test(trimmed)
      ? trimmed
      : `https://${trimmed}`;
  if (!URL.canParse(named)) return text;
  const { protocol, username, password, origin } = new URL(named);
  return /^https?:$/.test(protocol) && !username && !password && !named.includes('@') ? origin : text;
}

/** A hint at the address to use instead of that of an org's page; empty for other addresses. */
export function myDomainHint(text: string): string {
  const myDomain = myDomainOf(text);
  return myDomain === undefined ? '' : `it is the address of an org's pages: use its My Domain, ${myDomain}`;
}
