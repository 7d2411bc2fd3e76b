/** What axe finds on every page of the desktop, in the states that people meet, in light, dark and forced colours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { appFrame, openDesk, openSignedIn } from './deskPage.ts';
import { closeRecordViews, raiseIn, recordViewWith } from './intentViews.ts';
import { useDesk } from './useDesk.ts';

declare const axe: { run(options: RunOptions): Promise<AxeResults> };

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Few contacts: axe looks at each of them.
const used = useDesk({ environment: { SANDBOX_CONTACTS: '20' } });

const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
] as const;

/** Experimental rules too, whose faults were reported of these pages. */
const options: RunOptions = { iframes: false, rules: { 'label-content-name-mismatch': { enabled: true } } };

/** Faults in the frames that a person sees, one line for each element. */
async function faultsOn(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const look of looks) {
    await page.emulateMedia(look);
    for (const frame of await shownFrames(page)) {
      if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axeSource);
      await frame.evaluate(untilColoursStand);
      const { violations } = await frame.evaluate((given) => axe.run(given), options);
      const place = `${new URL(frame.url()).port}${new URL(frame.url()).pathname} ${Object.values(look).join(' ')}`;
      for (const { id, nodes } of violations)
        faults.push(
          ...nodes.map(({ html, failureSummary = '' }) => `${place} ${id}: ${html.slice(0, 200)} -- ${failureSummary}`),
        );
    }
  }
  return faults;
}

/** On the way to another look, a colour is one that nobody has chosen. */
async function untilColoursStand(): Promise<void> {
  const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map(({ finished }) => finished));
}

/** All but the provider's, which shows nothing to anybody, and those that are taken away again. */
async function shownFrames(page: Page): Promise<Frame[]> {
  const frames = page.frames();
  const shown = await Promise.all(frames.map(async (frame) => frame === page.mainFrame() || (await isShown(frame))));
  return frames.filter((_, index) => shown[index]);
}

async function isShown(frame: Frame): Promise<boolean> {
  try {
    const element = await frame.frameElement();
    return (await element.isVisible()) && (await element.getAttribute('aria-hidden')) !== 'true';
  } catch (error) {
    if (frame.isDetached()) return false;
    throw error;
  }
}

const opened = (context: BrowserContext, how: typeof openDesk): Promise<Page> => how(context, used.desk);

it('is nothing before anybody has signed in', async () => {
  const context = await used.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await opened(context, openDesk);
  for (const site of ['contacts', 'account-360'] as const)
    await (await appFrame(page, used.desk, site)).getByRole('button', { name: 'Connect to Salesforce' }).waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Search Salesforce' }).click();
  await page.getByRole('option', { name: /^Sign in to Salesforce/ }).waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await used.close(context);
});

describe('signed in', () => {
  let context: BrowserContext;
  let page: Page;
  let contacts: Frame;
  let messages: Frame;

  beforeAll(async () => {
    context = await used.newContext({ viewport: { width: 1440, height: 900 } });
    page = await opened(context, openSignedIn);
  });
  beforeEach(async () => {
    for (const site of ['contacts', 'intent-raiser'] as const) {
      const frame = await appFrame(page, used.desk, site);
      await frame.goto(frame.url());
    }
    contacts = await appFrame(page, used.desk, 'contacts');
    messages = await appFrame(page, used.desk, 'intent-raiser');
    await contacts.locator('#contacts .list-item').first().waitFor();
  });
  afterEach(async () => {
    const search = page.locator('dialog.search');
    if ((await search.count()) > 0) await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
    await closeRecordViews(page);
  });
  afterAll(() => used.close(context));

  const viewWith = (heading: string): Promise<Frame> => recordViewWith(page, used.desk, heading);

  it('is nothing with a contact and its company open', async () => {
    await contacts.getByRole('searchbox').fill('Tim Barr');
    await contacts.locator('#contacts .list-item').filter({ hasText: 'Tim Barr' }).click();
    await contacts.locator('#contact-name').waitFor();
    const account360 = await appFrame(page, used.desk, 'account-360');
    await account360.getByRole('heading', { name: 'Grand Hotels & Resorts Ltd' }).waitFor();
    expect(await faultsOn(page)).toEqual([]);
  });

  it('is nothing where a person chooses an app, and once they have said that they want it from now on', async () => {
    await messages.getByRole('button', { name: /another app: Tim Barr$/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Which app shall do this?' });
    await dialog.getByLabel('Use this app from now on, without asking').check();
    expect(await faultsOn(page)).toEqual([]);
    await dialog.getByRole('option').first().click();
    const again = page.getByRole('button', { name: 'Ask again which app' });
    await again.waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await again.click();
    await again.waitFor({ state: 'detached' });
  });

  it('is nothing in a form with faults', async () => {
    await contacts.getByRole('button', { name: 'New contact' }).click();
    await contacts.getByLabel('Last name').fill('Axe');
    await contacts.getByLabel('E-mail', { exact: true }).fill('no address');
    await contacts.getByRole('button', { name: 'Save' }).click();
    await contacts.locator('#error-Email').waitFor();
    expect(await faultsOn(page)).toEqual([]);
  });

  it('is nothing with a record, and in its form', async () => {
    await messages.getByRole('button', { name: 'View Tim Barr' }).click();
    const view = await viewWith('Tim Barr');
    await messages.getByRole('heading', { name: 'Salesforce knows Tim Barr' }).waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await view.getByRole('button', { name: 'Edit', exact: true }).click();
    await view.locator('#field-ReportsToId').pressSequentially('bond');
    await view.getByRole('option', { name: 'John Bond' }).waitFor();
    await view.locator('#field-ReportsToId').press('ArrowDown');
    expect(await faultsOn(page)).toEqual([]);
    // With nothing unsaved it is closed without a question.
    await view.locator('#field-ReportsToId').fill('');
  });

  it('is nothing where a person chooses, searches and makes a record', async () => {
    const raised = raiseIn(messages, 'ViewContact', { type: 'fdc3.contact', name: 'Axe Nobody', id: {} });
    const view = await viewWith('No contact matches “Axe Nobody”');
    expect(await faultsOn(page)).toEqual([]);
    await view.getByRole('button', { name: 'New contact' }).click();
    await view.getByRole('button', { name: 'Save' }).waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await closeRecordViews(page);
    await raised;
  });

  it('is nothing where a person is asked what to write', async () => {
    const tim = { type: 'fdc3.contact', name: 'Tim Barr', id: {}, title: 'Baron' };
    const interaction = {
      type: 'fdc3.interaction',
      description: 'About axes',
      interactionType: 'Call',
      timeRange: { type: 'fdc3.timeRange', startTime: '2026-02-10T15:12:00Z' },
      participants: { type: 'fdc3.contactList', contacts: [tim, { ...tim, name: 'Axe Nobody' }] },
    };
    const logged = raiseIn(messages, 'CreateInteraction', interaction);
    const log = await page.waitForSelector('iframe[title="Log: About axes"]');
    await (await log.contentFrame())!.locator('#field-Subject').waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await closeRecordViews(page);
    const updated = raiseIn(messages, 'CreateOrUpdateProfile', tim);
    await (await viewWith('Update Tim Barr?')).getByRole('checkbox').first().waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await closeRecordViews(page);
    expect(await Promise.all([logged, updated])).toEqual(['IntentHandlerRejected', 'IntentHandlerRejected']);
  });

  it('is nothing in the search, with what was viewed and with what was found', async () => {
    await page.getByRole('button', { name: 'Search Salesforce' }).click();
    await page.locator('.search-found[aria-busy="false"]').waitFor();
    expect(await faultsOn(page)).toEqual([]);
    await page.getByRole('combobox').fill('grand hotels');
    await page
      .getByRole('option', { name: /^Grand Hotels & Resorts Ltd/ })
      .first()
      .waitFor();
    expect(await faultsOn(page)).toEqual([]);
  });

  it('is nothing on the page that checks the connection', async () => {
    const doctor = await context.newPage();
    await doctor.goto(`${used.desk.origins.platform}/doctor.html`);
    await doctor.locator('button:enabled', { hasText: 'Check again' }).waitFor();
    expect(await faultsOn(doctor)).toEqual([]);
    await doctor.close();
  });

  it('is something where something is wrong', async () => {
    await contacts.evaluate(() => document.querySelector('main')!.append(document.createElement('img')));
    expect(await faultsOn(page)).toEqual(
      expect.arrayContaining(looks.map(() => expect.stringContaining('image-alt: <img>') as string)),
    );
  });

  it('is nothing where a call is logged', async () => {
    await raiseIn(messages, 'StartCall', { type: 'fdc3.contact', name: 'Tim Barr', id: {} });
    const view = await viewWith('Tim Barr');
    await view.getByRole('button', { name: 'Log a call' }).click();
    await view.locator('#log-field-Subject').waitFor();
    expect(await faultsOn(page)).toEqual([]);
  });
});
