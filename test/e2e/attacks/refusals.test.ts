/** What a platform team reads of the broker page's refusals on the console. */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { signIn } from '../../../sandbox/testing/signIn.ts';
import { appFrame, openDesk } from '../deskPage.ts';
import { useDesk } from '../useDesk.ts';
import { joinedRaw } from './rawClient.ts';

const used = useDesk({ environment: { SANDBOX_CONTACTS: '50' } });
let context: BrowserContext;
let page: Page;
let app: Frame;
let lines: { origin: string; action: string; reason: string }[];

beforeEach(async () => {
  lines = [];
  context = await used.newContext();
  context.on('console', (message) => {
    const [, line] = /^\[salesforce-interop desktop\] (\{.*\})$/.exec(message.text()) ?? [];
    if (line !== undefined) lines.push(JSON.parse(line) as (typeof lines)[number]);
  });
  page = await openDesk(context, used.desk);
  app = await appFrame(page, used.desk, 'intent-raiser');
});
afterEach(() => used.close(context));

/** Nothing of before it is still on its way when this has come. */
async function refusedLast(): Promise<void> {
  const raw = await joinedRaw(app, `${used.desk.origins.platform}/broker.html`);
  const said = context.waitForEvent('console', (message) => message.text().includes('"the-last"'));
  await raw.send('the-last', {});
  await said;
}

describe('the console of a desktop', () => {
  it('says nothing of a desktop where nobody does wrong, from its start over the sign-in to a shared context', async () => {
    await signIn(page);
    await app.evaluate(async () => {
      const { fdc3 } = window as unknown as { fdc3: { [name: string]: (...given: unknown[]) => Promise<unknown> } };
      await fdc3['getInfo']!();
      await fdc3['getSystemChannels']!();
      await fdc3['joinChannel']!('orange');
      await fdc3['broadcast']!({ type: 'fdc3.contact', name: 'Andy Young' });
    });
    await refusedLast();
    expect(lines.map(({ action }) => action)).toEqual(['the-last']);
  });

  it('has a line for each try at something that no page may do, however often core-web reports its use', async () => {
    const raw = await joinedRaw(app, `${used.desk.origins.platform}/broker.html`);
    await raw.send('interop-init', {});
    await raw.send('interop-init', { uuid: 'another' });
    await raw.send('create-channel', { channelName: 'salesforce-interop' });
    await refusedLast();
    expect(lines).toMatchObject([
      { origin: used.desk.origins['intent-raiser'], action: 'interop-init', reason: expect.any(String) },
      { origin: used.desk.origins['intent-raiser'], action: 'create-channel', reason: expect.stringContaining('only') },
      { action: 'the-last' },
    ]);
  });
});
