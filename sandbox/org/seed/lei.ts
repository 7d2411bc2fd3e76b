/** The number behind a LEI: letters become 10 to 35, then the digits are read as one number modulo 97. */
function remainder(text: string): number {
  let value = 0;
  for (const character of text) {
    const digits = Number.parseInt(character, 36);
    value = (value * (digits > 9 ? 100 : 10) + digits) % 97;
  }
  return value;
}

/**
 * Builds a Legal Entity Identifier: four characters of the issuing unit, `00`, twelve of the entity, two check digits.
 *
 * @see ISO 17442 and ISO/IEC 7064 (MOD 97-10).
 */
export function makeLei(issuer: string, entity: number): string {
  const body = `${issuer}00${entity.toString(36).toUpperCase().padStart(12, '0')}`;
  return body + String(98 - remainder(`${body}00`)).padStart(2, '0');
}

/** Whether the text has the form of a LEI and its check digits agree. */
export function isLei(text: string): boolean {
  return /^[0-9A-Z]{18}\d{2}$/.test(text) && remainder(text) === 1;
}
