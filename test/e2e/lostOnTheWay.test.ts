/** A desktop some message of which is lost: what is lost once is asked for again. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { until } from '../support/until.ts';
import { appFrame, callAs, openDesk, valueOf } from './deskPage.ts';
import { useDesk } from './useDesk.ts';

describe('a desktop on which something is lost on its way', () => {
  const used = useDesk({ environment: { SANDBOX_CONTACTS: '60' } });
  let context: BrowserContext;
  let page: Page;

  beforeEach(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await openDesk(context, used.desk);
  });
  afterEach(() => used.close(context));

  it('lets an app join whose broker page was lost on its way', async () => {
    let asked = 0;
    await page.route(`${used.desk.origins.platform}/broker.html`, (route) =>
      (asked += 1) === 1 ? route.abort('connectionreset') : route.fallback(),
    );
    await (await appFrame(page, used.desk, 'contacts')).evaluate(() => location.reload());
    await until(() => asked === 2);
    const contacts = await appFrame(page, used.desk, 'contacts');
    expect(await contacts.evaluate(() => document.querySelectorAll('iframe[name^="of-broker<"]').length)).toBe(1);
    expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
  });

  /** The provider's page hears no request for a ticket: an app has to take the way back, the ticket page. */
  const appOfDeafProvider = async (): Promise<Frame> => {
    await page.addInitScript((provider) => {
      if (location.origin !== provider || location.pathname !== '/') return;
      window.addEventListener('message', (event: MessageEvent<{ type?: string } | null>) => {
        if (event.data?.type === 'salesforce-interop.ticketRequest') event.stopImmediatePropagation();
      });
    }, used.desk.origins.provider);
    await page.reload();
    return appFrame(page, used.desk, 'contacts');
  };

  it('goes on when the ticket page was lost on its way to an app', async () => {
    const contacts = await appOfDeafProvider();
    let asked = 0;
    await page.route(`${used.desk.origins.provider}/ticket.html`, (route) => {
      const isApps = route.request().frame().parentFrame() === contacts;
      return isApps && (asked += 1) === 1 ? route.abort('connectionreset') : route.fallback();
    });
    expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
    // The first was lost; how often a slow machine makes an app ask is nobody's promise.
    expect(asked).toBeGreaterThanOrEqual(2);
  });

  it('goes on when the order of a ticket was lost on its way to the provider', async () => {
    const contacts = await appOfDeafProvider();
    const lost: string[] = [];
    const sent: string[] = [];
    await page.exposeFunction('lostOrder', (orderId: string) => lost.push(orderId));
    await page.exposeFunction('sentOrder', (orderId: string) => sent.push(orderId));
    await page.addInitScript(() => {
      const { postMessage } = BroadcastChannel.prototype;
      const { lostOrder, sentOrder } = globalThis as unknown as Record<
        'lostOrder' | 'sentOrder',
        (orderId: string) => void
      >;
      let isFirst = true;
      BroadcastChannel.prototype.postMessage = function (message: { kind?: string; orderId: string }) {
        const isLost = message.kind === 'order' && isFirst;
        if (message.kind === 'order') (isLost ? lostOrder : sentOrder)(message.orderId);
        isFirst &&= !isLost;
        if (!isLost) postMessage.call(this, message);
      };
    });
    expect(valueOf(await callAs(contacts, async ({ getConnection }) => getConnection()))).toBeNull();
    await until(() => sent.includes(lost[0]!));
  });
});
