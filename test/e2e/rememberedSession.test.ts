import { jest } from '@jest/globals';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../sandbox/testing/signIn.ts';
import type { Desk } from '../support/desk.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

jest.setTimeout(90_000);

/** All that the provider's origin stores, byte for byte: how many records each store holds, and their text. */
async function readStorage(frame: Frame): Promise<{ records: Record<string, number>; text: string }> {
  return frame.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
      });
    const written = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (typeof value !== 'object' || value === null) return String(value);
      return Object.values(value).map(written).join('\n');
    };
    const records: Record<string, number> = {};
    const text: string[] = [written({ ...localStorage }), written({ ...sessionStorage }), document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        const [keys, values] = [
          await settled(database.transaction(store).objectStore(store).getAllKeys()),
          await settled(database.transaction(store).objectStore(store).getAll()),
        ];
        records[`${name}/${store}`] = values.length;
        text.push(written(keys), written(values));
      }
      database.close();
    }
    for (const name of await caches.keys()) records[`cache ${name}`] = (await (await caches.open(name)).keys()).length;
    return { records, text: text.join('\n') };
  });
}

const providerFrame = (page: Page, desk: Desk): Frame =>
  page.frames().find((frame) => frame.url().startsWith(desk.origins.provider))!;
const signedIn = (page: Page) => page.getByText('Signed in', { exact: true }).waitFor();
const signedOut = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
const askLimits = async (page: Page, desk: Desk): Promise<number[]> =>
  valueOf(
    await callAs(await appFrame(page, desk, 'contacts'), async ({ getConnection }) => {
      const connection = (await getConnection())!;
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => connection.executeApiRequest('/services/data/vXX.X/limits')),
      );
      return answers.map(({ status }) => status);
    }),
  );

describe('a session that is remembered', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false, rememberSession: true } });
  let context: BrowserContext;
  let page: Page;
  let popups: Page[];

  const watched = async (): Promise<Page> => {
    const opened = await openDesk(context, used.desk);
    opened.on('popup', (popup) => popups.push(popup));
    return opened;
  };

  beforeEach(async () => {
    context = await used.newContext();
    popups = [];
    page = await openDesk(context, used.desk);
    await signIn(page);
    page.on('popup', (popup) => popups.push(popup));
  });
  afterEach(async () => {
    await used.close(context);
    await used.desk.control.revokeRefreshTokens();
  });

  it('is there again after the platform page was reloaded, and in another page after it was closed', async () => {
    await page.reload();
    await signedIn(page);
    expect(await askLimits(page, used.desk)).toEqual(Array(8).fill(200));
    await page.close();
    const next = await watched();
    await signedIn(next);
    expect(await askLimits(next, used.desk)).toEqual(Array(8).fill(200));
    expect(popups).toEqual([]);
  });

  it('is stored sealed: no secret can be read from the storage of the provider', async () => {
    const { records, text } = await readStorage(providerFrame(page, used.desk));
    expect(records).toMatchObject({ 'salesforce-interop/grants': 1 });
    const secrets = await used.desk.control.secrets();
    expect(secrets.length).toBeGreaterThan(2);
    expect(secrets.filter(({ value }) => text.includes(value))).toEqual([]);
  });

  it('is forgotten by signing out, and stays so', async () => {
    await page.getByRole('button', { name: /Sign out/ }).click();
    await signedOut(page);
    expect((await readStorage(providerFrame(page, used.desk))).records).toMatchObject({
      'salesforce-interop/grants': 0,
      'salesforce-interop/revocations': 0,
    });
    await page.reload();
    await signedOut(page);
    await page.close();
    const next = await watched();
    await signedOut(next);
    expect(popups).toEqual([]);
  });

  it('is not disturbed by a second tab, which is told that the desktop is open, and passes to the tab that is left', async () => {
    const second = await context.newPage();
    second.on('popup', (popup) => popups.push(popup));
    await second.goto(used.desk.url);
    await second.getByText('open in another tab').waitFor();
    await used.desk.control.expireAccessTokens();
    await used.desk.control.resetCounts();
    expect(await askLimits(page, used.desk)).toEqual(Array(8).fill(200));
    expect((await used.desk.control.counts()).tokenRequests).toEqual({ refresh_token: 1 });
    await page.close();
    await second.reload();
    await signedIn(second);
    expect(await askLimits(second, used.desk)).toEqual(Array(8).fill(200));
    expect(popups).toEqual([]);
  });
});

describe('a session that is not remembered', () => {
  const used = useDesk({ providerOptions: { silentSignIn: false } });

  it('leaves nothing in the storage of the provider, at any step of a sign-in', async () => {
    const context = await used.newContext();
    const page = await openDesk(context, used.desk);
    const nothing = async () => expect((await readStorage(providerFrame(page, used.desk))).records).toEqual({});
    await nothing();
    const opened = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await (await opened).getByLabel('Username').pressSequentially('morgan.reed', { delay: 60 });
    await nothing();
    await (await opened).close();
    await signedOut(page);
    await signIn(page);
    await askLimits(page, used.desk);
    const { records, text } = await readStorage(providerFrame(page, used.desk));
    expect([records, text.trim()]).toEqual([{}, '']);
    await used.close(context);
  });
});
