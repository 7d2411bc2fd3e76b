import { emailsIn } from './emailAddress.ts';
import type { IdentifierForm } from './identifiers.ts';
import { plainText } from './plainText.ts';

const longest = 255;

/**
 * The values to look for, the surest first. A ticker such as `IBM US` gives `IBM` too, which is not sure.
 *
 * @returns an empty list for a value that holds nothing
 */
export function valuesOf(text: string, form: IdentifierForm): string[] {
  const plain = [...plainText(text)].slice(0, longest).join('');
  if (plain === '') return [];
  switch (form) {
    case 'exact':
      return [plain];
    case 'compact':
      return [...new Set([plain.replaceAll(/[\s-]+/gu, '').toUpperCase(), plain])];
    case 'ticker':
      return [...new Set([plain.toUpperCase(), plain.toUpperCase().split(/[\s.:/]/u)[0]!])].filter(Boolean);
    case 'email':
      return emailsIn(plain);
  }
}

/** Whether an org's value is the one that was asked for: `same`, or `like` for what is not sure. */
export function compareIdentifier(
  asked: readonly string[],
  known: string,
  form: IdentifierForm,
): 'same' | 'like' | 'other' {
  const [sure, ...others] = valuesOf(known, form);
  if (sure === undefined || asked.length === 0) return 'other';
  if (form === 'email') return asked.includes(sure) || others.some((one) => asked.includes(one)) ? 'same' : 'other';
  if (asked[0] === sure) return 'same';
  return form === 'ticker' && (asked.includes(sure) || others.includes(asked[0]!)) ? 'like' : 'other';
}
