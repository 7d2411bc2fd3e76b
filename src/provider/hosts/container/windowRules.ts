import type { OpenFin } from '@openfin/core';
import type { SignInWindowRequest } from '../host.ts';

/** What decides where a sign-in window may go. */
export type SignInPages = Pick<SignInWindowRequest, 'url' | 'orgUrl' | 'redirectUri' | 'identityProviders'>;

/**
 * Salesforce's shared login pages, which an org may lead to (Salesforce Help, "My Domain Login and Application URL
 * Formats").
 */
const sharedLoginOrigins = ['https://login.salesforce.com', 'https://test.salesforce.com'] as const;

const everything = ['<all_urls>'];

/**
 * The pages that a sign-in window may show: the org, Salesforce's shared login pages for an org of Salesforce's own,
 * the configured identity providers, and the page that the org redirects to. From a page of the provider's own no other
 * may be opened in it.
 */
function describePages({ url, orgUrl, redirectUri, identityProviders }: SignInPages): {
  origins: string[];
  pages: string[];
} {
  if (redirectUri === undefined) return { origins: [], pages: [pageOf(new URL(url))] };
  const org = new URL(orgUrl);
  const shared = org.hostname.endsWith('.salesforce.com') ? sharedLoginOrigins : [];
  return {
    origins: [org.origin, ...shared, ...identityProviders.map((provider) => new URL(provider).origin)],
    pages: [pageOf(new URL(redirectUri))],
  };
}

/**
 * Whether a sign-in window may show this address: by exact origin, and for the return page by exact path. No address
 * with a user name, which only serves to imitate another host.
 */
export function mayShow(text: string, allowed: SignInPages): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  const { origins, pages } = describePages(allowed);
  return origins.includes(url.origin) || pages.includes(pageOf(url));
}

/**
 * The same rules as window options, by which the runtime stops a page before it loads, and a page in a sign-in window
 * cannot open windows of its own. From the provider's own page a link to the org opens in the person's browser.
 *
 * @see `OpenFin.WindowOptions`: `contentNavigation`, `contentRedirect`, `contentCreation`.
 */
export function contentOptions(
  allowed: SignInPages,
): Pick<OpenFin.WindowOptions, 'contentNavigation' | 'contentRedirect' | 'contentCreation'> {
  const { origins, pages } = describePages(allowed);
  const rules = { allowlist: [...origins.map((origin) => `${origin}/*`), ...pages.map((page) => `${page}*`)] };
  const toBrowser = { behavior: 'browser' as const, match: [`${new URL(allowed.orgUrl).origin}/*`] };
  return {
    contentNavigation: rules,
    contentRedirect: rules,
    contentCreation: {
      rules: [...(allowed.redirectUri === undefined ? [toBrowser] : []), { behavior: 'block', match: everything }],
    },
  };
}

/** The redirect that ends a sign-in (RFC 6749, 4.1.2). */
export function isRedirect(url: string, redirectUri: string): boolean {
  const actual = new URL(url);
  return (
    pageOf(actual) === pageOf(new URL(redirectUri)) &&
    (actual.searchParams.has('code') || actual.searchParams.has('error'))
  );
}

/** Salesforce's login page is at the root or `/login`, with the address to return to in the query. */
export function isLoginPage(url: string): boolean {
  return /^\/(login|$)/.test(new URL(url).pathname);
}

/** An address without query and fragment, which may hold secrets. */
export function pageOf({ origin, pathname }: URL): string {
  return origin + pathname;
}
