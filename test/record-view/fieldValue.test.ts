import { fieldValueOf } from '../../src/record-view/fieldValue.ts';
import { fieldInfo, uiRecord } from '../../src/record-view/uiApi.ts';

function valueOf(dataType: string, value: unknown, displayValue: string | null = null) {
  const info = fieldInfo.parse({ apiName: 'F__c', label: 'F', dataType });
  return fieldValueOf(uiRecord.parse({ apiName: 'T', id: '1', fields: { F__c: { value, displayValue } } }), info);
}

describe('fieldValueOf', () => {
  it('prefers what Salesforce formatted for the person', () => {
    expect(valueOf('Currency', 1200, 'USD 1,200.00')).toEqual({ kind: 'text', text: 'USD 1,200.00' });
  });

  it.each([
    ['Email', 'ada+x@example.com', 'mailto:ada%2Bx@example.com'],
    ['Phone', '+1 (212) 555-0100', 'tel:+12125550100'],
    ['Url', 'www.example.com', 'https://www.example.com/'],
    ['Url', 'www.example.com:8080/x', 'https://www.example.com:8080/x'],
    ['Url', 'http://example.com/?a=b:c', 'http://example.com/?a=b:c'],
  ])('makes a link of %s %s', (dataType, value, href) => {
    expect(valueOf(dataType, value)).toMatchObject({ kind: 'link', text: value, href });
  });

  it.each(['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'not an address'])(
    'shows the URL field %s without a link',
    (value) => {
      expect(valueOf('Url', value)).toEqual({ kind: 'text', text: value });
    },
  );

  it.each([
    ['String', null],
    ['Url', ' '],
    ['Email', undefined],
  ])('shows an empty %s as empty', (dataType, value) => {
    expect(valueOf(dataType, value)).toEqual({ kind: 'empty' });
  });

  it('tells yes from no', () => {
    expect(valueOf('Boolean', true, null)).toEqual({ kind: 'flag', isSet: true });
    expect(valueOf('Boolean', false, null)).toEqual({ kind: 'flag', isSet: false });
  });

  it('keeps the day of a date, whatever the time zone', () => {
    expect(valueOf('Date', '2026-01-31')).toMatchObject({ text: expect.stringContaining('31') });
  });

  const owner = fieldInfo.parse({
    apiName: 'OwnerId',
    label: 'Owner',
    dataType: 'Reference',
    relationshipName: 'Owner',
  });

  it('names the record a reference leads to', () => {
    const related = { apiName: 'User', id: '005X', fields: { Name: { value: 'Ada' } } };
    const record = uiRecord.parse({
      apiName: 'T',
      id: '1',
      fields: { OwnerId: { value: '005X' }, Owner: { displayValue: null, value: related } },
    });
    expect(fieldValueOf(record, owner)).toEqual({ kind: 'record', text: 'Ada', type: 'User', id: '005X' });
  });

  it('shows the bare id of a related record the person may not read', () => {
    const record = uiRecord.parse({
      apiName: 'T',
      id: '1',
      fields: { OwnerId: { value: '005X' }, Owner: { displayValue: null, value: null } },
    });
    expect(fieldValueOf(record, owner)).toEqual({ kind: 'text', text: '005X' });
  });
});
