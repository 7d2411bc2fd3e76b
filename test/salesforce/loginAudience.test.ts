import { loginAudience } from '../../src/salesforce/loginAudience.ts';

describe('loginAudience', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme.develop.my.salesforce.com', 'https://login.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://acme-dream-123.scratch.my.salesforce.com', 'https://test.salesforce.com'],
    ['https://login.salesforce.com', 'https://login.salesforce.com'],
    ['https://test.salesforce.com', 'https://test.salesforce.com'],
    ['https://acme.my.site.com', 'https://acme.my.site.com'],
    ['http://localhost:7071', 'http://localhost:7071'],
    ['https://sandbox.my.salesforce.com', 'https://login.salesforce.com'],
  ])('of %s is %s', (orgUrl, audience) => {
    expect(loginAudience(orgUrl)).toBe(audience);
  });
});
