import emailAddresses from 'email-addresses';
import { plainText } from './plainText.ts';

/** Addresses in a text, as mail programs write them: `Jane Doe <jane@mail.com>; Jim <jim@mail.com>`. In lower case. */
export function emailsIn(text: string): string[] {
  const list = plainText(text)
    .replace(/^mailto:/iu, '')
    .replaceAll(';', ',');
  const parsed = emailAddresses.parseAddressList({ input: list, rfc6532: true }) ?? [];
  const boxes = parsed.flatMap((one) => (one.type === 'group' ? one.addresses : [one]));
  const found = boxes.map(({ address }) => address);
  // What no standard would take, such as a name in brackets without quotes, still holds addresses.
  const loose = found.length > 0 ? found : list.split(/[\s<>,"()[\]]/u).filter((word) => /^[^@]+@[^@]+$/u.test(word));
  return [...new Set(loose.map((address) => address.toLowerCase()))];
}

/** The address without its sub-address: `jane@mail.com` for `jane+crm@mail.com` (RFC 5233). */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}
