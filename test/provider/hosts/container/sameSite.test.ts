import { isSameSite } from '../../../../src/provider/hosts/container/sameSite.ts';

describe('two pages are of one site', () => {
  it.each([
    ['https://salesforce.desk.bank.example', 'https://crm.bank.example'],
    ['https://desk.bank.co.uk', 'https://bank.co.uk:8443'],
    ['http://localhost:8101', 'http://localhost:8102'],
    ['https://10.1.2.3', 'https://10.1.2.3:444'],
    ['https://desk', 'https://desk:8443'],
  ])('%s and %s', (one, other) => {
    expect(isSameSite(one, other)).toBe(true);
    expect(isSameSite(other, one)).toBe(true);
  });

  it.each([
    ['by another domain', 'https://desk.bank.example', 'https://desk.vendor.example'],
    ['by a domain that ends the same', 'https://bank.co.uk', 'https://vendor.co.uk'],
    ['by the scheme', 'https://crm.bank.example', 'http://crm.bank.example'],
    ['by the name of one machine', 'http://localhost:8101', 'http://127.0.0.1:8101'],
    ['by an address that ends the same', 'https://10.1.2.3', 'https://11.1.2.3'],
    ['by hosts of one name', 'https://desk', 'https://crm'],
  ])('but not where they differ %s: %s and %s', (_by, one, other) => {
    expect(isSameSite(one, other)).toBe(false);
  });
});
