import { useOrg } from '../../../support/org.ts';

describe('links to a record', () => {
  const org = useOrg({ contacts: 20 });

  it('end on a page that says what they do in a real org', async () => {
    const response = await fetch(`${org.url}/lightning/r/Contact/003NB0000000002YAA/view`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await response.text()).toContain('003NB0000000002YAA');
  });

  it('are told apart from paths that name no record', async () => {
    for (const path of ['/lightning/r/Contact/nonsense/view', '/lightning/o/Contact/list', '/favicon.ico']) {
      expect({ path, status: (await fetch(org.url + path)).status }).toEqual({ path, status: 404 });
    }
  });
});
