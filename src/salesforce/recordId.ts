const CHECK_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SERIAL_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The three check characters of a 15-character id: five letter-case bits each, leftmost character lowest. */
function checkCharacters(id15: string): string {
  let suffix = '';
  for (let group = 0; group < 15; group += 5) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const character = id15.charAt(group + position);
      if (character >= 'A' && character <= 'Z') bits |= 1 << position;
    }
    suffix += CHECK_CHARACTERS.charAt(bits);
  }
  return suffix;
}

/**
 * Restores the case of letters from the check characters. Undefined where they ask for an upper-case digit, which does
 * not exist.
 */
function repairCase(id18: string): string | undefined {
  const suffix = id18.slice(15).toUpperCase();
  let repaired = '';
  for (let position = 0; position < 15; position += 1) {
    const bits = CHECK_CHARACTERS.indexOf(suffix.charAt(Math.floor(position / 5)));
    const character = id18.charAt(position);
    repaired += (bits >> (position % 5)) & 1 ? character.toUpperCase() : character.toLowerCase();
  }
  return checkCharacters(repaired) === suffix ? repaired + suffix : undefined;
}

/**
 * Brings a record id to its 18-character form. A 15-character id is taken as case-sensitive; an 18-character one may
 * have lost its case (a spreadsheet, a mail client) and gets it back from its check characters.
 *
 * @returns The 18-character id, or `undefined` when the text is not a Salesforce id.
 * @see REST API Developer Guide, "Record ids": 15 characters, or 18 with a case checksum.
 */
export function normalizeRecordId(text: string): string | undefined {
  if (/^[0-9A-Za-z]{15}$/.test(text)) return text + checkCharacters(text);
  if (/^[0-9A-Za-z]{15}[A-Za-z0-5]{3}$/.test(text)) return repairCase(text);
  return undefined;
}

/** Whether the text is a well-formed 15 or 18 character record id (the record itself may not exist). */
export function isRecordId(text: string): boolean {
  return normalizeRecordId(text) !== undefined;
}

/** The first three characters, which tell the object: `001` Account, `003` Contact, `005` User. */
export function keyPrefixOf(id: string): string {
  return id.slice(0, 3);
}

/** Whether both texts are ids of the same record, in whatever length or case they are written. */
export function isSameRecordId(left: string, right: string): boolean {
  const normalized = normalizeRecordId(left);
  return normalized !== undefined && normalized === normalizeRecordId(right);
}

/**
 * Builds an 18-character id as Salesforce lays it out: key prefix, pod, reserved `0`, base-62 serial, check characters.
 *
 * @throws TypeError when the prefix or pod has the wrong length or the serial does not fit.
 */
export function makeRecordId(keyPrefix: string, serial: number, pod = 'NB'): string {
  if (!/^[0-9A-Za-z]{3}$/.test(keyPrefix)) throw new TypeError(`keyPrefix must have 3 characters: ${keyPrefix}`);
  if (!/^[0-9A-Za-z]{2}$/.test(pod)) throw new TypeError(`pod must have 2 characters: ${pod}`);
  if (!Number.isSafeInteger(serial) || serial < 0 || serial >= 62 ** 8)
    throw new TypeError(`serial out of range: ${serial}`);
  let digits = '';
  for (let rest = serial; digits.length < 9; rest = Math.floor(rest / 62)) {
    digits = SERIAL_CHARACTERS.charAt(rest % 62) + digits;
  }
  const id15 = `${keyPrefix}${pod}0${digits}`;
  return id15 + checkCharacters(id15);
}
