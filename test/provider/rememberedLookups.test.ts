/** What an intent finds by what was found a moment ago, at the whole provider. */
import { createInMemoryDesktopAgent } from '../intents/inMemoryDesktopAgent.ts';
import { obtainTokens } from '../support/orgBrowser.ts';
import { useOrg } from '../support/org.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { must } from '../support/workerSession.ts';

const org = useOrg();
const contacts = '/services/data/v66.0/sobjects/Contact';
const allowedApps = [{ name: 'Blotter', uuid: 'blotter', appId: 'blotter' }];

/** Writes to the org, as somebody does who is not at this desk. */
async function elsewhere(method: string, path: string, values?: object): Promise<{ id: string }> {
  const { access_token: token } = await obtainTokens(org.url);
  const response = await fetch(org.url + path, {
    method,
    headers: { authorization: `Bearer ${token as string}`, 'content-type': 'application/json' },
    ...(values && { body: JSON.stringify(values) }),
  });
  expect(response.ok).toBe(true);
  return (method === 'POST' ? await response.json() : { id: '' }) as { id: string };
}

async function start() {
  const agent = createInMemoryDesktopAgent({ appId: 'blotter' });
  const { desk, app } = await startProviderDesk(org.url, { allowedApps }, {}, { agent });
  return {
    app,
    /** Asks for somebody by an address of their own; the view is closed once it is there. */
    async view(email: string): Promise<{ title: string; found: unknown; orgRequests: number }> {
      await org.control.resetCounts();
      const before = desk.views.length;
      const result = agent.raiseIntent('ViewContact', { type: 'fdc3.contact', id: { email } });
      const found = result.then((raised) => raised.getResult()).catch(() => undefined);
      while (desk.views.length === before) await new Promise(setImmediate);
      const { requests } = await org.control.counts();
      const shown = desk.views.at(-1)!;
      shown.close();
      const orgRequests = Object.values(requests).reduce((sum, count) => sum + count, 0);
      return { title: shown.title, found: await found, orgRequests };
    },
  };
}

describe('somebody who is asked for by an address of their own', () => {
  it('is found a second time without the org, within a minute', async () => {
    await elsewhere('POST', contacts, { LastName: 'Remembered-Test', Email: 'remembered@test.example' });
    const { view } = await start();
    expect((await view('remembered@test.example')).title).toBe('Remembered-Test');
    expect(await view('remembered@test.example')).toMatchObject({ title: 'Remembered-Test', orgRequests: 0 });
  });

  it('is found as soon as they are in the org, though nobody was a moment before', async () => {
    const { view } = await start();
    expect((await view('new@test.example')).found).toBeUndefined();
    await elsewhere('POST', contacts, { LastName: 'New-Test', Email: 'new@test.example' });
    expect((await view('new@test.example')).title).toBe('New-Test');
  });

  it('is found as an app of this desk has written them', async () => {
    const { id } = await elsewhere('POST', contacts, { LastName: 'Before-Test', Email: 'written@test.example' });
    const { app, view } = await start();
    expect((await view('written@test.example')).title).toBe('Before-Test');
    const blotter = await app('blotter');
    const { sessionId } = must(await blotter.ask<{ sessionId: string }>('connect', { requestId: 'connect' }));
    const body = { kind: 'json', value: { LastName: 'After-Test' } };
    const write = { requestId: 'write', sessionId, endpoint: `${contacts}/${id}`, method: 'PATCH', body };
    must(await blotter.ask('execute', write));
    expect((await view('written@test.example')).title).toBe('After-Test');
  });
});
