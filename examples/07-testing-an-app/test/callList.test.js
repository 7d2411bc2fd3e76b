import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';
import { signIn, startDesk } from 'salesforce-interop-testkit';

let desk;
let browser;
let context;
let page;
let app;

before(async () => {
  desk = await startDesk({
    apps: [{ appId: 'call-list', title: 'Call list', folder: 'dist', usesSalesforce: true }],
    samples: false,
    org: { contacts: 50 },
  });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  await desk?.stop();
});

// Each test has a browser profile of its own, and an org where nobody has been.
beforeEach(async () => {
  await desk.org.control.clearFaults();
  await desk.org.control.revokeRefreshTokens();
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(desk.url);
  app = page.frameLocator('iframe[title="Call list"]');
});
afterEach(() => context.close());

const show = () => app.getByRole('button', { name: 'Show' }).click();
const status = (text) => app.getByRole('status').getByText(text).waitFor();

test('shows five people once somebody has signed in', async () => {
  await signIn(page);
  await show();
  await status('5 to call');
  assert.equal(await app.getByRole('listitem').count(), 5);
});

test('goes on when the access token has expired', async () => {
  await signIn(page);
  assert.equal(await desk.org.control.expireAccessTokens(), 1);
  await show();
  await status('5 to call');
});

test('says so when the org has no API calls left today', async () => {
  await signIn(page);
  const body = JSON.stringify([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]);
  await desk.org.control.answerWith({ path: '^/services/data/', status: 403, body, times: 'always' });
  await show();
  await status('TotalRequests Limit exceeded.');
  assert.equal(await app.getByRole('listitem').count(), 0);
});

test('works for somebody who may see less', async () => {
  await signIn(page, desk.org.users[1]);
  await show();
  await status(/to call/);
});
