import { companyNameOf, isSameCompanyName, withoutLegalForm } from '../../src/intents/companyName.ts';
import { contactContext } from '../../src/intents/contexts.ts';

describe('company names', () => {
  it.each([
    ['Acme, Inc.', 'Acme'],
    ['Acme Holdings Ltd', 'Acme'],
    ['Société Générale S.A.', 'Société Générale'],
    ['Smith, Jones & Co., Ltd.', 'Smith, Jones &'],
    ['Group', 'Group'],
    [', Inc.', ', Inc.'],
    ['Cohen', 'Cohen'],
  ])('leave the legal form of %s out', (name, shorter) => {
    expect(withoutLegalForm(name)).toBe(shorter);
  });

  it('are the same with another legal form, but not with another name', () => {
    expect(isSameCompanyName('ACME Corp', 'Acme, Inc.')).toBe(true);
    expect(isSameCompanyName('Acme Rockets', 'Acme')).toBe(false);
  });

  it.each([
    ['Acme', 'Acme'],
    [{ name: 'Acme', id: '001' }, 'Acme'],
    [{ id: { SALESFORCE: '001' } }, undefined],
    [undefined, undefined],
  ])('are read from company %j', (company, name) => {
    expect(companyNameOf(contactContext.parse({ type: 'fdc3.contact', company }))).toBe(name);
  });
});
