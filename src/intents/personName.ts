export interface PersonName {
  full: string;
  first?: string;
  last: string;
}

/**
 * Splits the display name of a person: `Ada Lovelace` and `Lovelace, Ada` alike.
 *
 * @returns `undefined` for an empty name.
 */
export function personNameOf(text: string | undefined): PersonName | undefined {
  const name = (text ?? '').trim().replaceAll(/\s+/gu, ' ');
  if (name === '') return undefined;
  const comma = /^([^,]+), ?([^,]+)$/.exec(name);
  const first = comma ? comma[2] : name.split(' ').slice(0, -1).join(' ');
  const last = comma?.[1] ?? name.split(' ').at(-1) ?? name;
  return first ? { full: `${first} ${last}`, first, last } : { full: last, last };
}
