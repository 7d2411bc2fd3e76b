import { describeSites } from '../../src/sites/describeSites.ts';
import { headersOf } from '../../src/sites/siteHeaders.ts';
import { bankDesktop } from './bankDesktop.ts';

const policyOf = (desktop: Parameters<typeof describeSites>[0], site: string, path: string): Record<string, string> => {
  const { headers } = describeSites(desktop).find(({ name }) => name === site)!;
  const policy = headersOf(headers, path)['Content-Security-Policy']!;
  return Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/).slice(0, 2)));
};

describe('app directories of others', () => {
  const without = bankDesktop();
  const desktop = bankDesktop({
    directories: [{ url: 'https://apps.other.example/v2/apps', appOrigins: ['https://chart.other.example'] }],
  });

  it('may be read by the platform page alone, which may frame their apps', () => {
    const policy = policyOf(desktop, 'platform', '/');
    expect(policy['connect-src']).toBe("'self' https://apps.other.example");
    expect(policy['frame-src']).toBe(`${policyOf(without, 'platform', '/')['frame-src']} https://chart.other.example`);
    for (const site of ['provider', 'record-view'])
      expect(policyOf(desktop, site, '/')).toEqual(policyOf(without, site, '/'));
  });

  it('have apps that join by the broker page, and frame no page of the provider', () => {
    expect(policyOf(desktop, 'platform', '/broker.html')['frame-ancestors']).toContain(' https://chart.other.example');
    for (const page of ['/', '/ticket.html', '/signed-in.html'])
      expect(policyOf(desktop, 'provider', page)).toEqual(policyOf(without, 'provider', page));
  });
});

describe('a desktop of another FDC3 agent', () => {
  const desktop = bankDesktop({ platform: { origin: 'https://desk.other.example', agent: 'fdc3' } });

  it("has the provider in a frame of that desktop alone, and records in one of the provider's", () => {
    const provider = policyOf(desktop, 'provider', '/app.html');
    expect(provider['frame-ancestors']).toBe('https://desk.other.example');
    expect(provider['frame-src']).toBe(
      "'self' https://record.bank.example https://acme.my.salesforce.com https://login.bank.example",
    );
    expect(provider['connect-src']).toBe("'self'");
    const record = policyOf(desktop, 'record-view', '/');
    expect(record['frame-ancestors']).toBe('https://desk.other.example https://crm.bank.example');
    expect(record).not.toHaveProperty('frame-src');
  });

  it('has the token worker, the return page and the page of the device flow as any other', () => {
    for (const page of ['/token-worker.js', '/device.html'])
      expect(policyOf(desktop, 'provider', page)).toEqual(policyOf(bankDesktop(), 'provider', page));
    expect(policyOf(desktop, 'provider', '/signed-in.html')['frame-ancestors']).toBe(
      "'self' https://desk.other.example",
    );
  });
});
