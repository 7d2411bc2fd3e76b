import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { plainText } from './plainText.ts';

export interface PhoneNumber {
  /** E.164, such as `+12125550100`; undefined where the text does not say of which country it is. */
  international: string | undefined;
  /** Digits as people of its country dial them. */
  digits: string;
  /** Ways in which it may be written in an org. */
  written: string[];
}

const fewestDigits = 6;

/**
 * Reads a telephone number.
 *
 * @param country ISO 3166 code of the country of numbers that do not begin with `+` or `00`.
 * @returns `undefined` for what is no number
 */
export function phoneNumberOf(text: string, country?: string): PhoneNumber | undefined {
  const plain = plainText(text)
    .replace(/^tel:/iu, '')
    .replace(/^00(?=[1-9])/u, '+');
  const parsed = parsePhoneNumberFromString(plain, country as CountryCode | undefined);
  if (parsed) {
    const { number, nationalNumber } = parsed;
    const forms = [parsed.formatInternational(), nationalNumber, parsed.formatNational(), number, plain];
    const dashed = parsed.formatNational().replaceAll(/[()]/gu, '').replaceAll(/\s+/gu, '-');
    const american = `+${parsed.countryCallingCode} ${parsed.formatNational()}`;
    return { international: number, digits: nationalNumber, written: unique([...forms, dashed, american]) };
  }
  const digits = plain.replaceAll(/\D/gu, '');
  if (significant({ digits }).length < fewestDigits) return undefined;
  // Without the zero that some countries put before numbers that are dialled within.
  const abroad = plain.replace(/^\(?0\)?\s*/u, '');
  return { international: undefined, digits, written: unique([plain, abroad, digits, significant({ digits })]) };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** Whether two numbers reach the same telephone, as far as can be told. */
export function isSamePhone(one: PhoneNumber, other: PhoneNumber): boolean {
  if (one.international !== undefined && other.international !== undefined)
    return one.international === other.international;
  const [short, long] = [significant(one), significant(other)].sort((a, b) => a.length - b.length) as [string, string];
  return short.length > fewestDigits && long.endsWith(short);
}

const significant = ({ digits }: Pick<PhoneNumber, 'digits'>): string => digits.replace(/^0+/u, '');
