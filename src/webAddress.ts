/** Addresses that pages are led to, frame, or send something to. */
import { isLoopbackHost } from './salesforce/orgHosts.ts';
import { z } from './zod.ts';

/**
 * True for https, and for http on this machine. Anything else either runs in the page that follows it (`javascript:`,
 * `data:`), or carries codes and tickets over a line that others can read.
 */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** The address of a page: https, or http on a loopback host; without user and password. Each fault is told once. */
export const webAddress = z
  .url()
  .refine(
    (text) => !URL.canParse(text) || isWebAddress(text),
    'must be an https address (http only for localhost), without user and password',
  );

/** The origin of pages (RFC 6454), under the rules of {@link webAddress}. */
export const webOrigin = webAddress.refine(
  (text) => !isWebAddress(text) || new URL(text).origin === text,
  'must be an origin such as https://crm.example.com, without a path',
);
