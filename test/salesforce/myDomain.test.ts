import { myDomainHint, myDomainOf, normalizeOrgUrl } from '../../src/salesforce/myDomain.ts';
import { judgeOrgUrl } from '../../src/salesforce/orgHosts.ts';

describe('myDomainOf', () => {
  it.each([
    ['https://acme.lightning.force.com', 'https://acme.my.salesforce.com'],
    ['https://acme.lightning.force.com/lightning/page/home', 'https://acme.my.salesforce.com'],
    ['acme.lightning.force.com', 'https://acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.lightning.force.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme-dev-ed.develop.lightning.force.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
    ['https://acme.my.salesforce-setup.com/lightning/setup', 'https://acme.my.salesforce.com'],
    ['https://acme--c.vf.force.com/apex/Page', 'https://acme.my.salesforce.com'],
    ['https://acme--uat--c.sandbox.vf.force.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme.file.force.com', 'https://acme.my.salesforce.com'],
    ['https://navy.lightning.crmforce.mil', 'https://navy.my.salesforce.mil'],
    ['https://acme.lightning.sfcrmapps.cn', 'https://acme.my.sfcrmproducts.cn'],
  ])('names the org of %s (D10)', (text, myDomain) => {
    expect(myDomainOf(text)).toBe(myDomain);
    expect(judgeOrgUrl(myDomain)).toEqual({ kind: 'org', origin: myDomain });
    expect(myDomainHint(text)).toContain(myDomain);
  });

  it.each([
    'https://acme.my.salesforce.com',
    'https://lightning.force.com',
    'https://acme.lightning.force.com.evil.test',
    'https://evil.test/acme.lightning.force.com',
    'https://user@acme.lightning.force.com',
    'nonsense',
    '',
  ])('names none for %j', (text) => {
    expect(myDomainOf(text)).toBeUndefined();
    expect(myDomainHint(text)).toBe('');
  });
});

describe('normalizeOrgUrl', () => {
  it.each([
    ['https://acme.my.salesforce.com/', 'https://acme.my.salesforce.com'],
    [' HTTPS://Acme.My.Salesforce.com/lightning/page/home?x#y ', 'https://acme.my.salesforce.com'],
    ['acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['acme.my.salesforce.com/setup', 'https://acme.my.salesforce.com'],
    ['http://localhost:7071/', 'http://localhost:7071'],
    ['https://acme.my.salesforce.com:443', 'https://acme.my.salesforce.com'],
  ])('brings %j to %s (D10)', (text, origin) => {
    expect(normalizeOrgUrl(text)).toBe(origin);
  });

  it.each([
    'https://user:pass@acme.my.salesforce.com/',
    'https://@acme.my.salesforce.com',
    'javascript:alert(1)',
    'not a url',
    '',
    'ftp://acme.my.salesforce.com/',
  ])('leaves %j as it is, for whoever judges it', (text) => {
    expect(normalizeOrgUrl(text)).toBe(text);
  });
});
