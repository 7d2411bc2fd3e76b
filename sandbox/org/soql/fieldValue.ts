import type { FieldDefinition } from '../database/schema/objectDefinition.ts';
import { parseStored } from '../database/storedDate.ts';
import type { SqlValue } from '../database/sqlEngine.ts';

/** Currency of the org; it has only one. */
const ORG_CURRENCY = 'USD';

/** What the JSON shows of a stored value. */
export function jsonValue(field: FieldDefinition, stored: SqlValue): unknown {
  if (stored === null) return null;
  return field.type === 'boolean' ? stored === 1 : stored;
}

/** What `FORMAT()` shows: the value as the user's locale writes it, always a text. */
export function localizedValue(field: FieldDefinition, stored: SqlValue, locale: string, timeZone: string): unknown {
  if (stored === null) return null;
  const language = locale.replace('_', '-');
  switch (field.type) {
    case 'int':
    case 'double':
      return new Intl.NumberFormat(language, { maximumFractionDigits: field.scale }).format(Number(stored));
    case 'percent':
      return `${new Intl.NumberFormat(language, { maximumFractionDigits: field.scale }).format(Number(stored))}%`;
    case 'currency': {
      const digits = { minimumFractionDigits: field.scale, maximumFractionDigits: field.scale };
      return new Intl.NumberFormat(language, {
        style: 'currency',
        currency: ORG_CURRENCY,
        currencyDisplay: 'narrowSymbol',
        ...digits,
      }).format(Number(stored));
    }
    case 'date':
      return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeZone: 'UTC' }).format(
        Date.parse(`${stored}T00:00:00Z`),
      );
    case 'datetime':
      return new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone }).format(
        parseStored(String(stored)),
      );
    case 'boolean':
      return stored === 1 ? 'true' : 'false';
    default:
      return String(stored);
  }
}
