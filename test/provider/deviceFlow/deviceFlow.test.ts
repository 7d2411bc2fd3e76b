import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { deferred } from '../../../src/deferred.ts';
import {
  deviceChannel,
  devicePageFragment,
  toDevicePage,
  type FromDevicePage,
  type ToDevicePage,
} from '../../../src/provider/deviceFlow/deviceMessages.ts';
import { useOrg } from '../../support/org.ts';
import { startProviderDesk } from '../../support/runningProvider.ts';
import { decideOnSecondDevice } from '../../support/secondDevice.ts';
import { until } from '../../support/until.ts';

type Session = { sessionId: string; currentUser: { Name: string } };

const org = useOrg({ contacts: 50 });
let channel: BroadcastChannel;
/** All that the provider has said to the page, in order. */
let told: ToDevicePage[];
/** The worker's pauses last until this is resolved, and pass at once then, on both clocks. */
let pausesEnd: ReturnType<typeof deferred<void>>;
let aheadMs: number;

beforeEach(() => {
  [aheadMs, told, pausesEnd] = [0, [], deferred<void>()];
  channel = new BroadcastChannel(deviceChannel);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = toDevicePage.safeParse(data);
    if (message.success) told.push(message.data);
  };
});
afterEach(() => channel.close());

async function startDeviceDesk(options: Parameters<typeof startProviderDesk>[1] = {}) {
  const running = await startProviderDesk(
    org.url,
    { orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, flow: 'device' }], ...options },
    {
      now: () => Date.now() + aheadMs,
      async delay(ms, signal) {
        const aborted = new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve());
        });
        await Promise.race([pausesEnd.promise, aborted]);
        if (signal.aborted) return;
        aheadMs += ms;
        await org.control.moveClock(ms);
      },
    },
  );
  running.desk.person = 'waits';
  return running;
}

const connect = { requestId: 'r1' };
const codes = () => told.filter((message) => message.kind === 'code');
const kinds = () => told.map(({ kind }) => kind);
type Code = ReturnType<typeof codes>[number];
/** The first code, or the next other one: a page that says it is ready may be told the present one again. */
async function nextCode(last?: Code): Promise<Code> {
  const isNext = ({ userCode }: Code): boolean => userCode !== last?.userCode;
  await until(() => codes().some(isNext));
  return codes().findLast(isNext)!;
}
const sayFromPage = (kind: FromDevicePage['kind'], signInId: string): void =>
  channel.postMessage({ kind, signInId } satisfies FromDevicePage);

/** Connects as an app and opens the page, as a window would. */
async function connecting(options = {}) {
  const running = await startDeviceDesk(options);
  const { desk } = running;
  const app = await running.app('blotter');
  const outcome = app.ask<Session>('connect', connect);
  await until(() => desk.windows.length > 0);
  const { signInId } = devicePageFragment.parse(
    Object.fromEntries(new URLSearchParams(new URL(desk.windows[0]!.url).hash.slice(1))),
  );
  sayFromPage('ready', signInId);
  const code = await nextCode();
  return { desk, openApp: running.app, outcome, signInId, code };
}

describe('an org whose people sign in on another device', () => {
  it("has the provider's own page shown, which learns the code from the provider, and connects once somebody has allowed", async () => {
    const { desk, outcome, signInId, code } = await connecting();
    expect(desk.windows).toMatchObject([
      { url: `http://localhost:7072/device.html#signInId=${signInId}`, redirectUri: undefined, visible: true },
    ]);
    expect(code).toMatchObject({
      userCode: expect.stringMatching(/^[A-Z0-9]{8}$/),
      verificationUri: `${org.url}/setup/connect`,
    });
    await decideOnSecondDevice(org.url, code.userCode, 'allow');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: true, data: { currentUser: { Name: 'Morgan Reed' } } });
    expect(desk.closed).toEqual([signInId]);
    await until(() => kinds().includes('over'));
    expect(told.at(-1)).toMatchObject({ kind: 'over', signedIn: true });
  });

  it('opens one window for apps that connect at the same time', async () => {
    const { desk, openApp, outcome, code } = await connecting();
    const other = (await openApp('notes')).ask<Session>('connect', connect);
    await decideOnSecondDevice(org.url, code.userCode, 'allow');
    pausesEnd.resolve();
    for (const session of await Promise.all([outcome, other])) expect(session).toMatchObject({ ok: true });
    expect(desk.windows).toHaveLength(1);
  });

  it('tells a denial, on the page too', async () => {
    const { outcome, code } = await connecting();
    await decideOnSecondDevice(org.url, code.userCode, 'deny');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'SIGN_IN_DENIED' } });
    await until(() => kinds().includes('over'));
    expect(told.at(-1)).toMatchObject({ kind: 'over', signedIn: false, message: expect.stringContaining('denied') });
  });

  it('ends when the person presses Cancel on the page, and stops asking the org', async () => {
    const { desk, outcome, signInId } = await connecting();
    await org.control.resetCounts();
    sayFromPage('cancel', signInId);
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'SIGN_IN_CANCELLED' } });
    expect(desk.closed).toEqual([signInId]);
    pausesEnd.resolve();
    expect((await org.control.counts()).tokenRequests['device'] ?? 0).toBe(0);
  });

  it('ends at once when the window is closed, as nothing can come of a window of its own any more', async () => {
    const { desk, app } = await startDeviceDesk();
    desk.person = 'closes';
    await org.control.resetCounts();
    expect(await (await app('blotter')).ask('connect', connect)).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_WINDOW_CLOSED' },
    });
    pausesEnd.resolve();
    expect((await org.control.counts()).tokenRequests['device'] ?? 0).toBe(0);
  });

  it('ignores what is said of another sign-in, or not said well', async () => {
    const { outcome, code } = await connecting();
    sayFromPage('cancel', 'another');
    channel.postMessage({ kind: 'cancel' });
    channel.postMessage('cancel');
    await decideOnSecondDevice(org.url, code.userCode, 'allow');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('gives a new code to whoever asks for one after the first has expired', async () => {
    const { desk, outcome, signInId, code } = await connecting();
    pausesEnd.resolve();
    await until(() => kinds().includes('expired'));
    pausesEnd = deferred<void>();
    sayFromPage('newCode', signInId);
    const second = await nextCode(code);
    expect(second.userCode).not.toBe(code.userCode);
    await decideOnSecondDevice(org.url, second.userCode, 'allow');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: true });
    expect(desk.windows).toHaveLength(1);
  });

  it('gives a new code also before the first has expired, and asks for the first no more', async () => {
    const { outcome, signInId, code } = await connecting();
    sayFromPage('newCode', signInId);
    const second = await nextCode(code);
    await decideOnSecondDevice(org.url, code.userCode, 'deny');
    await decideOnSecondDevice(org.url, second.userCode, 'allow');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('lets the person ask again when there was no new code to be had', async () => {
    const { outcome, signInId, code } = await connecting();
    await org.control.injectFault({ kind: 'server-error' }, { endpoint: 'token', times: 'always' });
    sayFromPage('newCode', signInId);
    await until(() => kinds().includes('noCode'));
    await org.control.clearFaults();
    sayFromPage('newCode', signInId);
    const second = await nextCode(code);
    await decideOnSecondDevice(org.url, second.userCode, 'allow');
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('gives up when nobody asks for a new code in time', async () => {
    const { outcome } = await connecting({ signInTimeoutMs: 50 });
    pausesEnd.resolve();
    expect(await outcome).toMatchObject({
      ok: false,
      error: { code: 'SIGN_IN_TIMED_OUT', reason: 'redeem.deviceExpired' },
    });
  });

  it('shows nothing when the org gives no code', async () => {
    const { desk, app } = await startDeviceDesk();
    await org.control.setApp(defaultConsumerKey, { deviceFlow: false });
    expect(await (await app('blotter')).ask('connect', connect)).toMatchObject({
      ok: false,
      error: { reason: 'device.notEnabled' },
    });
    await org.control.setApp(defaultConsumerKey, { deviceFlow: true });
    expect(desk.windows).toEqual([]);
  });
});
