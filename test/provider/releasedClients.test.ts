/**
 * The clients of apps that were built with an earlier release, with this provider as the container's runtime leads them
 * to it.
 */
import { pathToFileURL } from 'node:url';
import { useOrg } from '../support/org.ts';
import { unpackReleasedClients, type ReleasedClient } from '../support/releasedClients.ts';
import { startProviderDesk } from '../support/runningProvider.ts';

type Client = typeof import('../../src/client/index.ts');

const org = useOrg({ contacts: 20 });
let released: { clients: ReleasedClient[]; remove: () => Promise<void> };
beforeAll(async () => {
  released = await unpackReleasedClients();
});
afterAll(() => released?.remove());

it('the client of every release that is kept signs in, reads, writes, gets errors of its classes and is told of the sign-out', async () => {
  expect(released.clients.map(({ release }) => release)).toContain('salesforce-interop-client-0.1.0');
  for (const { release, module } of released.clients) {
    const desk = await startProviderDesk(org.url);
    const client = (await import(pathToFileURL(module).href)) as Client;
    client.configure({ fin: desk.fin({ uuid: 'blotter', name: 'blotter' }) });
    const states: string[] = [];
    const stop = client.onStateChange(({ state }) => states.push(state));
    const salesforce = await client.connect();
    expect([release, salesforce.currentUser]).toMatchObject([release, { Username: 'morgan.reed@northbridge.example' }]);
    const account = { Name: 'Kept & Sons' };
    const {
      data: { id },
    } = (await salesforce.executeApiRequest<{ id: string }>(
      '/services/data/vXX.X/sobjects/Account',
      'POST',
      account,
    )) as { data: { id: string } };
    expect((await salesforce.executeApiRequest(`/services/data/vXX.X/sobjects/Account/${id}`)).data).toMatchObject(
      account,
    );
    const error: unknown = await salesforce
      .executeApiRequest('/services/data/vXX.X/sobjects/Account/001000000000000AAA')
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(client.ApiRequestError);
    expect(error).toMatchObject({ status: 404, code: 'REQUEST_FAILED' });
    await (await desk.app('bar')).ask('platform.signOut');
    await salesforce.disconnect();
    expect([release, states]).toEqual([release, ['signedIn', 'signedOut']]);
    stop();
  }
});
