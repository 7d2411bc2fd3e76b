import { urlSegment } from './urlSegment.ts';

/** An extension at the end of a number, as people write it: `x12`, `ext. 12`, `;ext=12`. */
const extensionAtEnd = /(?:;\s?ext=|ext\.?|extension|x)\s?(\d{1,8})$/i;

/**
 * The link that calls a number.
 *
 * @returns `undefined` for a text without digits.
 * @see RFC 3966: what separates digits is left out, an extension is a parameter; the zero that some countries write in
 * brackets after theirs is dialled within them only.
 */
export function telLink(written: string): string | undefined {
  const text = written.trim().replaceAll(/\s+/g, ' ');
  const extension = extensionAtEnd.exec(text)?.[1];
  const main = extension === undefined ? text : text.replace(extensionAtEnd, '');
  const abroad = main.startsWith('+') ? main.replace('(0)', '') : main;
  const dialled = abroad.replaceAll(/[^\d+*#,;]/g, '');
  if (!/\d/.test(dialled)) return undefined;
  return `tel:${dialled.replaceAll('#', '%23')}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** An address as RFC 6068 writes it: the `@` before its domain stays. */
function encodedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? urlSegment(address) : `${urlSegment(address.slice(0, at))}@${urlSegment(address.slice(at + 1))}`;
}

/**
 * The link that begins an e-mail.
 *
 * @see RFC 6068: several addresses with commas between, lines end in CRLF, and a space is `%20`.
 */
export function mailtoLink(
  to: readonly string[],
  { subject, text }: { subject?: string | undefined; text?: string | undefined } = {},
): string {
  const fields = Object.entries({ subject, body: text?.replaceAll(/\r\n|\r|\n/g, '\r\n') })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${urlSegment(value!)}`);
  return `mailto:${to.map(encodedAddress).join(',')}${fields.length > 0 ? `?${fields.join('&')}` : ''}`;
}

/** Chromium hands no longer link to a mail program; Windows itself takes little more. */
const longestLink = 2_000;

/** The link that begins an e-mail; `isWithoutText` where it would be too long for a mail program with its text. */
export function emailLink(
  to: readonly string[],
  email: { subject?: string | undefined; text?: string | undefined },
): { href: string; isWithoutText: boolean } {
  const whole = mailtoLink(to, email);
  if (whole.length <= longestLink) return { href: whole, isWithoutText: false };
  return { href: mailtoLink(to, { subject: email.subject }), isWithoutText: true };
}
