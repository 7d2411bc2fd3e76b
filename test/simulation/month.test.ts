import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { createRandom } from '../../sandbox/org/seed/random.ts';
import { burst, failuresByReason, useSalesforce } from './calls.ts';
import type { MidRenewal } from './deskNetwork.ts';
import { renewals } from './renewals.ts';
import { report } from './report.ts';
import type { SimulatedApp } from './simulatedApp.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulatedDesk.ts';
import { step } from './step.ts';

const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => minutes(60 * count);
const workingDays = 22;
const tokenLifetimeMs = hours(2);
const lingerMs = minutes(10);
const seed = Number(process.env['SIMULATION_SEED'] ?? 20_260_105);

type Cause = 'first' | 'policy' | 'lostAnswer' | 'everythingClosed';

/**
 * Refresh tokens are rotated and end a day after the sign-in; nothing signs in unseen, so that each sign-in has its
 * window.
 */
describe(`a working month with rotation (SIMULATION_SEED=${seed})`, () => {
  const random = createRandom(seed);
  let desk: SimulatedDesk;
  /** When tokens ended before their time: by the administrator, or with the process that held them. */
  const endings: number[] = [];
  const causes: Cause[] = [];
  const unexcused: unknown[] = [];
  let due: Cause | undefined = 'first';
  const happened = {
    storms: 0,
    lostAnswers: 0,
    restartsMidRenewal: 0,
    sleeps: 0,
    offlineHours: 0,
    offlineStarts: 0,
    refusalsInPassing: 0,
  };

  beforeAll(async () => {
    desk = await openSimulatedDesk({
      appCount: 5,
      org: {
        contacts: 20,
        accessTokenLifetimeMs: tokenLifetimeMs,
        sessionTimeout: 'fixed',
        refreshTokenRotation: true,
      },
      configuration: { rememberSession: true, lingerMs },
      canSignInSilently: false,
    });
    await desk.org.control.setApp(defaultConsumerKey, {
      refreshTokenPolicy: { kind: 'expire-after', milliseconds: hours(24) },
    });
  });
  afterAll(() => desk.close());

  const signInIsOver = (): boolean =>
    desk.signIns.length > 0 && desk.time.now() - desk.signIns.at(-1)! >= hours(24) - minutes(1);

  /** What fails of these calls has to have one of these reasons. @returns whether somebody has to sign in. */
  async function calling(calls: () => Promise<unknown>, reasons: RegExp = /^never$/): Promise<boolean> {
    const before = desk.calls.length;
    await calls();
    let isLost = false;
    for (const { code, reason, ...call } of desk.calls.slice(before)) {
      if (code === 'SIGN_IN_REQUIRED') isLost = true;
      const isPolicy = code === 'SIGN_IN_REQUIRED' && (due !== undefined || signInIsOver());
      if (code && !isPolicy && !reasons.test(reason ?? code))
        unexcused.push({ code, reason, ...call, at: new Date(call.at).toISOString() });
    }
    return isLost;
  }

  /** All apps ask at the same time; there is one sign-in at most, and only for a reason. */
  async function connectAll(): Promise<void> {
    const before = desk.signIns.length;
    const isPolicy = signInIsOver();
    const connected = await Promise.all(desk.apps.map((app) => app.connect()));
    expect(connected.filter(({ ok }) => !ok)).toEqual([]);
    const asked = desk.signIns.length - before;
    expect(asked).toBeLessThanOrEqual(1);
    if (asked === 0) return;
    const cause = due ?? (isPolicy ? 'policy' : undefined);
    expect(cause).toBeDefined();
    causes.push(cause!);
    due = undefined;
  }

  async function storm(reasons?: RegExp): Promise<void> {
    happened.storms += 1;
    await expireAccessTokens();
    if (await calling(() => burst(desk.apps, 50, random), reasons)) await connectAll();
  }

  /** At a time of its own, so that what it costs can be told from the rest. */
  async function expireAccessTokens(): Promise<void> {
    await desk.time.pass(minutes(2));
    endings.push(desk.time.now());
    await desk.org.control.expireAccessTokens();
  }

  async function workFor(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= minutes(15)) {
      await desk.time.pass(Math.min(left, minutes(15)));
      if (
        await calling(() =>
          Promise.all(desk.apps.filter(() => random.chance(0.4)).map((app) => useSalesforce(app, random))),
        )
      )
        await connectAll();
    }
  }

  async function startProvider(): Promise<void> {
    await desk.start();
    endings.push(desk.time.now());
    await desk.bar.open();
    for (const app of desk.apps) await app.open();
  }

  /** The org rotates, and its answer never comes: one clear sign-in. */
  async function answerIsLost(): Promise<void> {
    happened.lostAnswers += 1;
    const told = desk.apps.map((app) => app.told.length);
    const requests = desk.network.tokenRequests.length;
    due = 'lostAnswer';
    await desk.org.control.injectFault({ kind: 'drop', afterWork: true }, { endpoint: 'token' });
    await expireAccessTokens();
    await calling(() => burst(desk.apps, 50, random), /^session\.unreachable$/);
    expect(await calling(() => burst(desk.apps, 50, random))).toBe(true);
    await connectAll();
    expect(causes.at(-1)).toBe('lostAnswer');
    for (const [index, app] of desk.apps.entries())
      expect(app.told.slice(told[index]).map(({ state }) => state)).toEqual(['signInRequired', 'signedIn']);
    // The lost one, the refused one, the new sign-in.
    expect(desk.network.tokenRequests.length - requests).toBe(3);
    await calling(() => burst(desk.apps, 10, random));
  }

  /** The provider ends while it renews. What the org had done by then decides whether somebody has to sign in. */
  async function endsMidRenewal(moment: MidRenewal): Promise<void> {
    happened.restartsMidRenewal += 1;
    await expireAccessTokens();
    const ended = desk.killedMidRenewal(moment);
    await calling(() => burst(desk.apps, 50, random), /^PROVIDER_UNAVAILABLE$/);
    await ended;
    if (moment === 'beforeTheAnswer') {
      happened.lostAnswers += 1;
      due = 'lostAnswer';
    }
    // In its last minute a sign-in may be over or not: desk and org have clocks of their own.
    const mayBeOver = signInIsOver();
    await startProvider();
    await connectAll();
    const isLost = await calling(() => burst(desk.apps, 50, random));
    if (!mayBeOver) expect(isLost).toBe(moment === 'beforeTheAnswer');
    if (isLost) await connectAll();
  }

  async function sleeps(): Promise<void> {
    happened.sleeps += 1;
    await desk.time.sleep(minutes(random.int(30, 180)));
    await desk.checkSessions();
    if (await calling(() => burst(desk.apps, 20, random))) await connectAll();
  }

  /**
   * The org refuses renewals in words that pass (D1), up to four times in a row: that signs nobody out, and ends by
   * itself.
   */
  async function refusedInPassing(): Promise<void> {
    happened.refusalsInPassing += 1;
    const [signIns, told] = [desk.signIns.length, desk.apps.map((app) => app.told.length)];
    const [words, error] = random.pick([
      ['token request is already being processed', 'invalid_grant'],
      ['login rate exceeded', 'invalid_grant'],
      ['login rate exceeded', 'rate_limit_exceeded'],
      ['words of next year', 'invalid_grant'],
    ] as const);
    const body = JSON.stringify({ error, error_description: words });
    const fault = await desk.org.control.injectFault(
      { kind: 'answer', status: 400, body },
      { endpoint: 'token', times: random.int(1, 4) },
    );
    // The sign-in of the day may be over in any case, which the org then says instead.
    const isOver = signInIsOver();
    await expireAccessTokens();
    for (let minute = 0; minute < 5; minute += 1) {
      await calling(() => burst(desk.apps, 20, random), /^refresh\.(?:beingProcessed|tooMany|unknown)$/);
      await desk.time.pass(minutes(1));
      await desk.renewOwed();
    }
    await desk.org.control.clearFaults(fault);
    if (await calling(() => burst(desk.apps, 20, random))) return connectAll();
    if (isOver) return;
    expect(desk.signIns).toHaveLength(signIns);
    expect(desk.apps.map((app) => app.told.length)).toEqual(told);
  }

  async function offlineHour(): Promise<void> {
    happened.offlineHours += 1;
    desk.network.isOnline = false;
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await desk.time.pass(minutes(15));
      await calling(() => burst(desk.apps, 10, random), /^session\.offline$/);
    }
    desk.network.isOnline = true;
    await desk.checkSessions();
  }

  async function morning(): Promise<void> {
    const isOffline = random.chance(0.2);
    desk.network.isOnline = !isOffline;
    await startProvider();
    if (isOffline) {
      happened.offlineStarts += 1;
      const asked = desk.signIns.length;
      for (const outcome of await Promise.all(desk.apps.map((app) => app.connect()))) {
        if (!outcome.ok) expect(outcome.error).toMatchObject({ code: 'ORG_UNREACHABLE', reason: 'discovery.offline' });
      }
      const connected = desk.apps.filter(({ isConnected }) => isConnected);
      if (connected.length > 0) await calling(() => burst(connected, 10, random), /^session\.offline$/);
      await desk.time.pass(minutes(20));
      expect(desk.signIns).toHaveLength(asked);
      desk.network.isOnline = true;
      await desk.checkSessions();
    }
    await connectAll();
  }

  async function evening(): Promise<void> {
    const how = random.pick(['goodOrder', 'goodOrder', 'crash', 'everythingClosed'] as const);
    if (how === 'goodOrder') return desk.shutDown();
    if (how === 'everythingClosed') {
      for (const app of desk.apps) await (random.chance(0.5) ? app.close() : app.vanish());
      await desk.time.pass(lingerMs + minutes(1));
      expect(await desk.org.control.approvals()).toEqual([]);
      due ??= 'everythingClosed';
    }
    return desk.kill();
  }

  const special = [
    answerIsLost,
    sleeps,
    offlineHour,
    refusedInPassing,
    refusedInPassing,
    () => endsMidRenewal('beforeSending'),
    () => endsMidRenewal('beforeTheAnswer'),
  ];

  it('costs one renewal for each expiry, and no sign-in but those of the policy and the lost answers', async () => {
    for (let day = 1; day <= workingDays; day += 1) {
      await step(`day ${day}`, async () => {
        const dayBegan = desk.time.now();
        await morning();
        await workFor(minutes(random.int(30, 90)));
        await storm();
        await special[random.int(0, special.length - 1)]!();
        await workFor(minutes(random.int(60, 150)));
        await storm();
        if (random.chance(0.5)) await special[random.int(0, special.length - 1)]!();
        await workFor(minutes(random.int(30, 90)));
        await storm();
        await evening();
        await desk.time.sleep(dayBegan + hours(24) + minutes(random.int(-10, 10)) - desk.time.now());
      });
    }

    await step('adds up', async () => {
      expect(unexcused).toEqual([]);
      expect(desk.calls.filter(({ status }) => status === 401)).toEqual([]);
      const { spentTwice, tooEarly, busiestMinute, granted, refused, unanswered } = renewals(
        desk.network.tokenRequests,
        tokenLifetimeMs,
        endings,
      );
      expect(spentTwice).toEqual([]);
      expect(tooEarly).toEqual([]);
      expect(busiestMinute).toBeLessThanOrEqual(4);
      expect(causes).toHaveLength(desk.signIns.length);
      expect(causes.filter((cause) => cause === 'lostAnswer')).toHaveLength(happened.lostAnswers);
      expect(causes.filter((cause) => cause !== 'lostAnswer').length).toBeLessThanOrEqual(workingDays);
      const repeated = desk.apps.flatMap(({ told }: SimulatedApp) =>
        told
          .map(({ sessionId, state }) => `${sessionId} ${state}`)
          .filter((event, index, all) => all.indexOf(event) !== index),
      );
      expect(repeated).toEqual([]);
      expect(happened.refusalsInPassing).toBeGreaterThan(0);
      const signIns = Object.fromEntries(
        [...new Set(causes)].map((cause) => [cause, causes.filter((other) => other === cause).length]),
      );
      await report('month', {
        seed,
        workingDays,
        ...happened,
        calls: desk.calls.length,
        failed: failuresByReason(desk.calls),
        signIns,
        renewals: granted,
        renewalsRefused: refused,
        renewalsUnanswered: unanswered,
        tokenRequestsInBusiestMinute: busiestMinute,
      });
    });
  }, 900_000);
});
