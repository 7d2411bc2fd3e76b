import { isWebAddress } from '../webAddress.ts';
import { mailtoLink } from '../salesforce/contactLinks.ts';

/**
 * The address that a text of a record leads to: an e-mail address begins an e-mail, and a site without a scheme is
 * taken for https, as Salesforce does with a website. None for what would run in the page that opens it.
 *
 * @see RFC 6068 (mailto)
 */
export function webLink(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^[^\s@/:]+@[^\s@/:]+$/.test(trimmed)) return mailtoLink([trimmed]);
  if (/^https?:\/\//i.test(trimmed)) return isOpenable(trimmed) ? trimmed : undefined;
  if (/^[\w-]+(\.[\w-]+)+(?=[/:?#]|$)/u.test(trimmed)) {
    const url = `https://${trimmed}`;
    return isOpenable(url) ? url : undefined;
  }
  return undefined;
}

/** Whether an address may be handed to the browser: https (http where a record says so), mailto and tel. */
export function isOpenable(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  if (protocol === 'mailto:' || protocol === 'tel:') return true;
  return isWebAddress(url) || (protocol === 'http:' && username === '' && password === '');
}
