import { addressFields } from '../../../../../sandbox/org/database/schema/addressFields.ts';
import * as build from '../../../../../sandbox/org/database/schema/fieldBuilders.ts';
import { apiValue, displayValue } from '../../../../../sandbox/org/rest/uiApi/displayValue.ts';

describe('displayValue', () => {
  it.each([
    ['currency', build.currency('Amount'), 1234.5, '$1,234.50'],
    ['percent', build.percent('Share'), 12, '12%'],
    ['whole number', build.int('Employees'), 12000, '12,000'],
    ['date', build.date('CloseDate'), '2026-01-31', '1/31/2026'],
    ['text', build.text('Name', 80), 'Acme', null],
    ['checkbox', build.checkbox('IsActive'), true, null],
    ['nothing', build.currency('Amount'), null, null],
    ['picklist', build.picklist('Type', ['Customer']), 'Customer', 'Customer'],
  ])('shows a %s', (_what, field, value, shown) => {
    expect(displayValue(field, value)).toBe(shown);
  });

  it('shows a date and time in UTC', () => {
    const shown = displayValue(build.dateTime('CreatedDate'), '2026-01-31T10:05:00.000+0000');
    expect(shown?.replace(/\s/g, ' ')).toBe('1/31/2026, 10:05 AM');
  });

  it('shows an address in lines', () => {
    const compound = addressFields('Billing').at(-1);
    const value = { street: '1 Main St', city: 'Leeds', state: null, postalCode: 'LS1', country: 'UK' };
    expect(compound && displayValue(compound, value)).toBe('1 Main St\nLeeds, LS1\nUK');
  });
});

describe('apiValue', () => {
  it('writes dates with Z', () => {
    expect(apiValue(build.dateTime('CreatedDate'), '2026-01-31T10:05:00.000+0000')).toBe('2026-01-31T10:05:00.000Z');
  });
});
