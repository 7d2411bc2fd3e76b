/** Apps that were built with an earlier release, on the real desk in HERE Core Web. */
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import { clientName, clientVersion } from '../../src/client/version.ts';
import { unpackReleasedClients, type ReleasedClient } from '../support/releasedClients.ts';
import { appFrame, type Client, openDesk, openSignedIn } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk();
let released: { clients: ReleasedClient[]; remove: () => Promise<void> };
beforeAll(async () => {
  released = await unpackReleasedClients();
});
afterAll(() => released?.remove());

interface Seen {
  user: string;
  read: unknown;
  status: number;
  error: { name: string; status: number; isApiRequestError: boolean };
}

/** What an app of that release does, in its own frame. */
function useClient(app: Frame, address: string): Promise<Seen> {
  const work = async ({ connect, onStateChange, ApiRequestError }: Client, states: string[]): Promise<Seen> => {
    onStateChange(({ state }) => states.push(state));
    const salesforce = await connect();
    const accounts = '/services/data/vXX.X/sobjects/Account';
    const created = await salesforce.executeApiRequest<{ id: string }>(accounts, 'POST', { Name: 'Kept & Sons' });
    const changed = await salesforce.executeApiRequest(`${accounts}/${created.data!.id}`, 'PATCH', {
      Phone: '+49 69 1',
    });
    const { data } = await salesforce.executeApiRequest<Record<string, unknown>>(`${accounts}/${created.data!.id}`);
    const error = (await salesforce.executeApiRequest(`${accounts}/001000000000000AAA`).then(
      () => undefined,
      (reason: unknown) => reason,
    )) as Seen['error'];
    return {
      user: salesforce.currentUser['Username'] as string,
      read: [data!['Name'], data!['Phone']],
      status: changed.status,
      error: { name: error.name, status: error.status, isApiRequestError: error instanceof ApiRequestError },
    };
  };
  return app.evaluate(
    `import(${JSON.stringify(address)}).then((client) => (${work.toString()})(client, globalThis.releasedStates = []))`,
  );
}

it('the client of every release that is kept reads, writes, gets errors of its classes and is told of the sign-out; the platform page shows which it is', async () => {
  const page: Page = await openSignedIn(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
  const app = await appFrame(page, used.desk, 'contacts');
  const pane = page.getByRole('region', { name: 'Contacts', exact: true });
  const own = `${clientName} ${clientVersion}`;
  await pane.getByText(own, { exact: true }).waitFor();
  expect(released.clients).not.toEqual([]);
  for (const { release, module } of released.clients) {
    const address = `/${release}.js`;
    await page
      .context()
      .route(`**${address}`, (route) =>
        route.fulfill({ contentType: 'text/javascript', body: readFileSync(module, 'utf8') }),
      );
    expect([release, await useClient(app, address)]).toEqual([
      release,
      {
        user: 'morgan.reed@northbridge.example',
        read: ['Kept & Sons', '+49 69 1'],
        status: 204,
        error: { name: 'ApiRequestError', status: 404, isApiRequestError: true },
      },
    ]);
    await page.getByRole('button', { name: /Sign out/ }).click();
    await app.waitForFunction(
      () => (globalThis as unknown as { releasedStates: string[] }).releasedStates.at(-1) === 'signedOut',
    );
    await signIn(page);
  }
  await used.close(page.context());
});

it('the platform page names each release that the pages of an app have brought', async () => {
  const page: Page = await openDesk(await used.newContext({ viewport: { width: 1440, height: 900 } }), used.desk);
  const app = await appFrame(page, used.desk, 'contacts');
  const { module, release } = released.clients[0]!;
  const other = '0.0.9-kept';
  // The same client, which calls itself another release.
  const body = readFileSync(module, 'utf8').replace(/(clientVersion = )"[^"]+"/, `$1${JSON.stringify(other)}`);
  expect(body).toContain(other);
  await page.context().route(`**/${release}.js`, (route) => route.fulfill({ contentType: 'text/javascript', body }));
  await app.evaluate(`import('/${release}.js').then(({ getConnection }) => getConnection())`);
  const shown = page.getByRole('region', { name: 'Contacts', exact: true }).getByTitle(`salesforce-interop ${other}`);
  await shown.waitFor();
  expect(await shown.innerText()).toBe(`${clientName} ${clientVersion}, salesforce-interop ${other}`);
  await used.close(page.context());
});
