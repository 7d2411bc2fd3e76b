import { asUrlParserReads, tellableEndpoint } from '../../src/salesforce/endpointText.ts';

describe('asUrlParserReads', () => {
  it('drops what a URL parser drops, and nothing else', () => {
    for (const text of ['\n /services/data/v66.0/query?q=SELECT\r\n\tId \u0001\n', '/a b\tc', '\u0000/x\u001f']) {
      expect(new URL(asUrlParserReads(text), 'https://acme.my.salesforce.com').href).toBe(
        new URL(text, 'https://acme.my.salesforce.com').href,
      );
      expect(asUrlParserReads(text)).not.toMatch(/[\t\r\n]/);
    }
    expect(asUrlParserReads('/a b')).toBe('/a b');
  });
});

describe('tellableEndpoint', () => {
  it.each([
    ['/services/data/v66.0/query?q=SELECT+Id', '/services/data/v66.0/query'],
    ['/services/data/v66.0/limits#access_token=t0ken', '/services/data/v66.0/limits'],
    ['https://ada:hunter2@evil.example/a/b?c=d#e', 'https://evil.example/a/b'],
    ['/https://ada:hunter2@evil.example/a', 'https://evil.example/a'],
    ['https:ada:hunter2@evil.example/a', 'https://evil.example/a'],
    ['https:/ada:hunter2@evil.example/a', 'https://evil.example/a'],
    ['//ada:hunter2@evil.example', '//evil.example'],
    ['\\\\ada:hunter2@evil.example\\a', '//evil.example\\a'],
    ['https://ada:hunt@er2@evil.example/a', 'https://evil.example/a'],
    ['ht\ttps://ada:hunter2@evil.example/a', 'https://evil.example/a'],
    [
      '/services/data/v66.0/sobjects/Contact/Email/a@b.example',
      '/services/data/v66.0/sobjects/Contact/Email/a@b.example',
    ],
  ])('tells %j as %s', (endpoint, told) => {
    expect(tellableEndpoint(endpoint)).toBe(told);
  });

  it('keeps what it tells short', () => {
    expect(tellableEndpoint(`/${'a'.repeat(100_000)}`).length).toBeLessThan(600);
  });
});
