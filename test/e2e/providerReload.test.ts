/** An app that comes in the moment in which the provider's page is loaded anew. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { channelName } from '../../src/channel/channelVersion.ts';
import { appFrame, openDesk } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

const used = useDesk({ providerOptions: { silentSignIn: false } });
let context: BrowserContext;
let page: Page;
let contacts: Frame;

interface InPage {
  fin: {
    InterApplicationBus: {
      Channel: {
        connect(name: string): Promise<{ providerIdentity: { channelId: string } }>;
        getAllChannels(): Promise<{ channelName: string; channelId: string; uuid: string; name: string }[]>;
      };
    };
  };
  endLock?: () => void;
  connected?: Promise<string>;
}

beforeEach(async () => {
  context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  page = await openDesk(context, used.desk);
  contacts = await appFrame(page, used.desk, 'contacts');
});
afterEach(() => used.close(context));

/**
 * The provider's page is gone, and HERE's shared worker has not noticed: it waits for the lock that the page's broker
 * frame has held (core-web 0.40.51), which the platform page holds in its place for now.
 *
 * @returns lets the shared worker notice, and the provider's new page start
 */
async function loadProviderAnewUnnoticed(): Promise<() => Promise<void>> {
  const { provider } = used.desk.origins;
  const { uuid, name } = await contacts.evaluate(
    async (wanted) =>
      (await (window as unknown as InPage).fin.InterApplicationBus.Channel.getAllChannels()).find(
        (channel) => channel.channelName === wanted,
      )!,
    channelName,
  );
  await page.evaluate(
    (lock) =>
      new Promise<void>((held) => {
        void navigator.locks.request(lock, { steal: true }, () => {
          held();
          return new Promise<void>((end) => Object.assign(window, { endLock: end }));
        });
      }),
    `__OPENFIN__${uuid}_${name}`,
  );
  let start = (): void => undefined;
  const mayStart = new Promise<void>((resolve) => (start = resolve));
  await context.route(`${provider}/config.json`, async (route) => {
    await mayStart;
    await route.continue();
  });
  const frame = page.frames().find((one) => one.url() === `${provider}/`)!;
  const asksForItsSettings = page.waitForRequest(`${provider}/config.json`);
  await Promise.all([frame.waitForNavigation(), frame.evaluate(() => location.reload())]);
  await asksForItsSettings;
  return async () => {
    await page.evaluate(() => (window as unknown as InPage).endLock!());
    start();
  };
}

it('an app that asks for the channel before anybody has noticed is connected to the new page', async () => {
  const before = await contacts.evaluate(
    async (wanted) =>
      (await (window as unknown as InPage).fin.InterApplicationBus.Channel.getAllChannels()).find(
        (channel) => channel.channelName === wanted,
      )!.channelId,
    channelName,
  );
  const goOn = await loadProviderAnewUnnoticed();
  await contacts.evaluate(async (wanted) => {
    const own = window as unknown as InPage;
    const { Channel } = own.fin.InterApplicationBus;
    const { postMessage } = MessagePort.prototype;
    const sent = new Promise<void>((resolve) => {
      MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...more: []) {
        postMessage.call(this, message, ...more);
        if (JSON.stringify(message).includes('connect-to-channel')) resolve();
      };
    });
    own.connected = Channel.connect(wanted).then(({ providerIdentity }) => providerIdentity.channelId);
    await sent;
    MessagePort.prototype.postMessage = postMessage;
    // Answered after what was asked before: the shared worker has passed that on to the page that has gone.
    await Channel.getAllChannels();
  }, channelName);
  await goOn();
  const channelId = await contacts.evaluate(() => (window as unknown as InPage).connected);
  expect(channelId).toEqual(expect.any(String));
  expect(channelId).not.toBe(before);
});
