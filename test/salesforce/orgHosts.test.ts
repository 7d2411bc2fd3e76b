import fc from 'fast-check';
import { isOrgUrl, judgeOrgUrl } from '../../src/salesforce/orgHosts.ts';

describe('judgeOrgUrl', () => {
  it.each([
    ['https://acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
    ['https://ACME.my.salesforce.com/some/page?x=1', 'https://acme.my.salesforce.com'],
    ['https://acme--uat.sandbox.my.salesforce.com', 'https://acme--uat.sandbox.my.salesforce.com'],
    ['https://acme-dev-ed.develop.my.salesforce.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
    ['https://acme.my.site.com/partners', 'https://acme.my.site.com'],
    ['https://navy.my.salesforce.mil', 'https://navy.my.salesforce.mil'],
    ['https://acme.my.sfcrmproducts.cn', 'https://acme.my.sfcrmproducts.cn'],
    ['https://acme.my.salesforce.com:443', 'https://acme.my.salesforce.com'],
    ['https://ａcme.my.salesforce.com', 'https://acme.my.salesforce.com'],
  ])('takes %s', (text, origin) => {
    expect(judgeOrgUrl(text)).toEqual({ kind: 'org', origin });
  });

  it.each([
    ['https://evilsalesforce.com', 'unknownHost'],
    ['https://evil-my.salesforce.com', 'unknownHost'],
    ['https://evil.notmy.salesforce.com', 'unknownHost'],
    ['https://my.salesforce.com', 'unknownHost'],
    ['https://.my.salesforce.com', 'unknownHost'],
    ['https://acme.my.salesforce.com.evil.test', 'unknownHost'],
    ['https://evil.test/acme.my.salesforce.com', 'unknownHost'],
    ['https://evil.test?.my.salesforce.com', 'unknownHost'],
    ['https://evil.test#.my.salesforce.com', 'unknownHost'],
    [String.raw`https://evil.test\.my.salesforce.com`, 'unknownHost'],
    ['https://acme.my.salesforce.com@evil.test', 'userInfo'],
    ['https://user:pass@acme.my.salesforce.com', 'userInfo'],
    ['https://@acme.my.salesforce.com', 'userInfo'],
    ['https://acme.my.sаlesforce.com', 'unknownHost'],
    ['https://аcme.my.salesforce.com', 'unknownHost'],
    ['https://acme.my.salesforce.com.', 'unknownHost'],
    ['https://acme.my.salesforce.com:8443', 'port'],
    ['http://acme.my.salesforce.com', 'notHttps'],
    ['ftp://acme.my.salesforce.com', 'notHttps'],
    ['javascript:alert(1)//.my.salesforce.com', 'notHttps'],
    ['https://localhost:7090', 'unknownHost'],
    ['http://localhost:7090', 'unknownHost'],
    ['acme.my.salesforce.com', 'notAUrl'],
    ['//acme.my.salesforce.com', 'notAUrl'],
    ['', 'notAUrl'],
  ])('refuses %s', (text, reason) => {
    expect(judgeOrgUrl(text)).toEqual({ kind: 'refused', reason });
  });

  it('knows the shared login hosts, which are no org', () => {
    expect(judgeOrgUrl('https://login.salesforce.com')).toEqual({
      kind: 'loginHost',
      origin: 'https://login.salesforce.com',
    });
    expect(judgeOrgUrl('https://test.salesforce.com/x')).toMatchObject({ kind: 'loginHost' });
    expect(judgeOrgUrl('https://xlogin.salesforce.com')).toMatchObject({ kind: 'refused' });
  });

  it('takes no host whatever stands before or after an honest one', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        fc.pre(!/\.my\.(salesforce\.(com|mil)|site\.com|sfcrmproducts\.cn)$/.test(domain));
        expect(isOrgUrl(`https://acme.my.salesforce.com.${domain}`)).toBe(false);
        expect(isOrgUrl(`https://${domain}/.my.salesforce.com`)).toBe(false);
        expect(isOrgUrl(`https://acme.my.salesforce.com@${domain}`)).toBe(false);
        expect(isOrgUrl(`https://${domain}`)).toBe(false);
      }),
    );
  });
});

describe('extra origins', () => {
  const rules = { extraOrigins: ['http://localhost:7090', 'https://crm.bank.example', 'http://crm.bank.example'] };

  it.each(['http://localhost:7090/x', 'https://crm.bank.example'])('let configuration add %s', (text) => {
    expect(isOrgUrl(text, rules)).toBe(true);
    expect(isOrgUrl(text)).toBe(false);
  });

  it.each([
    'http://localhost:7091',
    'https://localhost:7090',
    'http://localhost.evil.test:7090',
    'http://crm.bank.example',
    'https://crm.bank.example:444',
    'https://a.crm.bank.example',
    'https://x@crm.bank.example',
  ])('do not add %s', (text) => {
    expect(isOrgUrl(text, rules)).toBe(false);
  });
});
