import type { FieldDefinition } from '../../database/schema/objectDefinition.ts';

const LOCALE = 'en-US';
const CURRENCY = 'USD';

/**
 * What a page shows for a value, in the org's locale (en-US, US dollars, UTC); null where the value itself is shown
 * (User Interface API guide, "Field Value").
 */
export function displayValue(field: FieldDefinition, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'currency':
      return number(value, { style: 'currency', currency: CURRENCY, ...fraction(field.scale) });
    case 'percent':
      return `${number(value, fraction(field.scale))}%`;
    case 'int':
    case 'double':
      return number(value, { maximumFractionDigits: field.scale });
    case 'date':
      return new Date(String(value)).toLocaleDateString(LOCALE, { timeZone: 'UTC' });
    case 'datetime':
      return new Date(String(value)).toLocaleString(LOCALE, {
        timeZone: 'UTC',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
      });
    case 'picklist':
      return label(field, String(value));
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((part) => label(field, part))
        .join(';');
    case 'address':
      return addressLines(value);
    default:
      return null;
  }
}

/** Values of the User Interface API: dates with a `Z`, everything else as the record has it. */
export function apiValue(field: FieldDefinition, value: unknown): unknown {
  return field.type === 'datetime' ? isoDate(value) : (value ?? null);
}

/** A stored date-time with `Z`; null for none. */
export function isoDate(stored: unknown): string | null {
  return typeof stored === 'string' ? new Date(stored).toISOString() : null;
}

function number(value: unknown, options: Intl.NumberFormatOptions): string {
  return Number(value).toLocaleString(LOCALE, options);
}

function fraction(scale: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: scale, maximumFractionDigits: scale };
}

function label(field: FieldDefinition, value: string): string {
  return field.picklist.find((entry) => entry.value === value)?.label ?? value;
}

function addressLines(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const part = (name: string): string => String((value as Record<string, unknown>)[name] ?? '');
  const region = [part('state'), part('postalCode')].filter((text) => text !== '').join(' ');
  const city = [part('city'), region].filter((text) => text !== '').join(', ');
  return [part('street'), city, part('country')].filter((text) => text !== '').join('\n') || null;
}
