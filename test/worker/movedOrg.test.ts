import { useOrg } from '../support/org.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';

const limits = get('/services/data/v66.0/limits');
const moved = {
  kind: 'answer',
  status: 400,
  body: '[{"errorCode":"URL_NOT_RESET","message":"Destination URL not reset."}]',
} as const;

/** D2: amazon-connect-salesforce-lambda issue 12. The org has two addresses here, as one that moves. */
describe('an org that moves to another instance', () => {
  const org = useOrg({ contacts: 20 });
  let elsewhere: string;
  let asked: string[];
  let lost: string[];

  beforeEach(() => {
    elsewhere = `http://127.0.0.1:${org.port}`;
    [asked, lost] = [[], []];
  });

  async function signedIn(extraOrigins: string[]) {
    const worker = await configuredWorker(org.url, {
      org: { dpop: 'off' },
      settings: { extraOrigins: [org.url, ...extraOrigins] },
      onSessionLost: (_id, { reason }) => lost.push(reason!),
      fetch(input, init) {
        const { origin, pathname } = new URL(String(input));
        if (pathname.startsWith('/services/data')) asked.push(origin);
        return fetch(input, init);
      },
    });
    const { sessionId } = await signedInSession(worker, org.url);
    return () => worker.request(sessionId, limits);
  }

  it('is found again by a renewal, and the request repeated there once', async () => {
    const request = await signedIn([elsewhere]);
    await org.control.injectFault(
      { kind: 'change-members', members: { instance_url: elsewhere } },
      { endpoint: 'token' },
    );
    await org.control.injectFault(moved, { path: '/limits$' });
    must(await request());
    must(await request());
    expect(asked).toEqual([org.url, elsewhere, elsewhere]);
    expect(lost).toEqual([]);
  });

  it('is followed when a renewal that is due anyway names the new instance', async () => {
    const request = await signedIn([elsewhere]);
    await org.control.expireAccessTokens();
    await org.control.injectFault(
      { kind: 'change-members', members: { instance_url: elsewhere } },
      { endpoint: 'token' },
    );
    must(await request());
    expect(asked).toEqual([org.url, elsewhere]);
  });

  it('is not followed to a host that is no Salesforce host, nor to another org', async () => {
    for (const [members, reason] of [
      [{ instance_url: elsewhere }, 'refresh.foreignInstance'],
      [{ instance_url: org.url, id: `${org.url}/id/00D000000000009AAA/005000000000001AAA` }, 'refresh.otherUser'],
    ] as const) {
      const request = await signedIn([]);
      await org.control.injectFault({ kind: 'change-members', members }, { endpoint: 'token' });
      await org.control.injectFault(moved, { path: '/limits$' });
      expect(await request()).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED', reason } });
      expect(asked.filter((origin) => origin !== org.url)).toEqual([]);
    }
  });

  it('is told in those words when nobody says where it is', async () => {
    const request = await signedIn([]);
    await org.control.injectFault(moved, { path: '/limits$', times: 2 });
    expect(await request()).toMatchObject({
      ok: false,
      error: {
        code: 'REQUEST_FAILED',
        reason: 'request.instanceMoved',
        status: 400,
        message: expect.stringContaining('has moved'),
      },
    });
    expect(asked).toHaveLength(2);
    must(await request());
  });
});
