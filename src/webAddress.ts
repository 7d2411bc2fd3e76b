/** Addresses that pages navigate to, frame, or send something to. */
import { isLoopbackHost } from './salesforce/orgHosts.ts';
import { z } from './zod.ts';

/**
 * True for https, and for http on this machine. Other schemes either run in the page that opens them (`javascript:`,
 * `data:`), or carry codes and tickets unencrypted.
 */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** The address of a page: https, or http on a loopback host; without user and password. Each fault is reported once. */
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
