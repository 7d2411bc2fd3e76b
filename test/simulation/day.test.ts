import { createRandom } from '../../sandbox/org/seed/random.ts';
import { morgan } from '../support/orgBrowser.ts';
import { must } from '../support/workerSession.ts';
import { burst, failuresByReason, openAndConnect, useSalesforce } from './calls.ts';
import { report } from './report.ts';
import type { SimulatedApp } from './simulatedApp.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulatedDesk.ts';
import { renewals } from './renewals.ts';
import { step } from './step.ts';

const minutes = (count: number): number => count * 60_000;
const tokenLifetimeMs = minutes(15);
const seed = Number(process.env['SIMULATION_SEED'] ?? 20_260_105);

/** From 07:30 to 18:00, by the desk's clock. */
describe(`a day at the desk (SIMULATION_SEED=${seed})`, () => {
  const random = createRandom(seed);
  let desk: SimulatedDesk;
  let dayBegan: number;
  /** Which calls may fail, by their place among all calls, and with what. */
  const restarts: number[] = [];
  const excused: { from: number; to: number; reasons: RegExp }[] = [];

  beforeAll(async () => {
    desk = await openSimulatedDesk({
      appCount: 40,
      org: { contacts: 20, accessTokenLifetimeMs: tokenLifetimeMs, sessionTimeout: 'fixed' },
      configuration: { rememberSession: true, lingerMs: minutes(10) },
      canSignInSilently: true,
    });
    dayBegan = desk.time.now();
    await desk.start();
    await desk.bar.open();
    await desk.apps[0]!.open();
  });
  afterAll(() => desk.close());

  const open = (): SimulatedApp[] => desk.apps.filter(({ isOpen }) => isOpen);
  const at = (clock: string): number => {
    const [hours, rest] = clock.split(':').map(Number) as [number, number];
    return dayBegan + minutes((hours - 7) * 60 + rest - 30);
  };

  /** Apps come, work and go until then. The first one stays open all day. */
  async function work(until: string): Promise<void> {
    for (let next = desk.time.now(); next < at(until); next = desk.time.now()) {
      await desk.time.pass(Math.min(minutes(random.int(1, 4)), at(until) - next));
      const [stays, ...others] = desk.apps as [SimulatedApp, ...SimulatedApp[]];
      const app = random.pick(others);
      if (!app.isOpen && desk.network.isOnline) await openAndConnect(app);
      else if (app.isOpen && random.chance(0.5)) await (random.chance(0.5) ? app.close() : app.vanish());
      for (const worker of [stays, ...open().filter(() => random.chance(0.3))]) await useSalesforce(worker, random);
      if (random.chance(0.2)) await burst(open(), 10, random);
    }
  }

  /** Calls that are made meanwhile may fail in this way. @returns to be called when that is over. */
  function excuse(reasons: RegExp): () => void {
    const span = { from: desk.calls.length, to: Infinity, reasons };
    excused.push(span);
    return () => void (span.to = desk.calls.length);
  }

  /** Every app that is open learns it, once. */
  async function told<T>(state: string, happens: () => Promise<T>): Promise<T> {
    const before = new Map(open().map((app) => [app, app.told.length]));
    const result = await happens();
    for (const [app, count] of before)
      expect(app.told.slice(count).map((event) => `${app.uuid} ${event.state}`)).toEqual([`${app.uuid} ${state}`]);
    return result;
  }

  async function restart(howItEnds: 'crash' | 'goodOrder', configuration: { rememberSession: boolean }): Promise<void> {
    const running = open();
    await (howItEnds === 'crash' ? desk.kill() : desk.shutDown());
    await desk.start(configuration);
    restarts.push(desk.time.now());
    await desk.bar.open();
    for (const app of running) await openAndConnect(app);
  }

  it('asks twice for a sign-in, renews when it is due, and ends with nothing left', async () => {
    await step('07:30: one sign-in serves every app, also those that ask at the same time', async () => {
      expect(desk.prompts).toHaveLength(0);
      const early = desk.apps.slice(1, 6);
      for (const app of early) await app.open();
      await told('signedIn', () =>
        Promise.all([desk.apps[0]!, ...early].map(async (app) => must(await app.connect()))),
      );
      expect(desk.prompts).toHaveLength(1);
      await work('08:40');
    });

    await step('08:40: everything is closed for less than the linger, and nobody is asked', async () => {
      for (const app of open()) await (random.chance(0.5) ? app.close() : app.vanish());
      await desk.time.pass(minutes(9));
      for (const app of desk.apps.slice(0, 8)) await openAndConnect(app);
      await work('09:30');
      expect(desk.prompts).toHaveLength(1);
    });

    await step('09:30: twenty minutes without network fail what is called then, and nothing after', async () => {
      desk.network.isOnline = false;
      const over = excuse(/^session\.offline$/);
      await work('09:50');
      over();
      desk.network.isOnline = true;
      await desk.checkSessions();
      await work('10:15');
    });

    await step('10:15: ten minutes in which only the org is away are no storm', async () => {
      const fault = await desk.org.control.injectFault({ kind: 'drop' }, { times: 'always' });
      const over = excuse(/^session\.unreachable$/);
      // Nobody opens an app of a CRM that does not answer.
      for (let minute = 0; minute < 10; minute += 1) {
        await desk.time.pass(minutes(1));
        await burst(open(), 20, random);
      }
      over();
      await desk.org.control.clearFaults(fault);
      // A renewal that failed is not tried again for half a minute.
      await desk.time.pass(minutes(1));
      await work('11:00');
    });

    await step('11:00: a crashed provider comes back with the session it remembered, and nobody is asked', async () => {
      await restart('crash', { rememberSession: true });
      await work('12:00');
      expect(desk.prompts).toHaveLength(1);
    });

    await step('12:00: seventy minutes of sleep cost one renewal', async () => {
      await desk.time.sleep(minutes(70));
      await desk.checkSessions();
      await burst(open(), 30, random);
      await work('13:30');
    });

    await step('13:30: a provider that remembers nothing signs in unseen while the org knows the person', async () => {
      await restart('goodOrder', { rememberSession: false });
      expect(await desk.stored()).toEqual({ grants: 0, revocations: 0 });
      await work('15:00');
      expect(desk.prompts).toHaveLength(1);
    });

    await step('15:00: an administrator revokes, every app is told once, and one prompt serves all', async () => {
      await desk.org.control.revokeRefreshTokens(morgan.username);
      await desk.org.control.endBrowserSessions(morgan.username);
      const over = excuse(/^refresh\.refused$/);
      await told('signInRequired', () => burst(open(), 30, random));
      over();
      await told('signedIn', () => Promise.all(open().map(async (app) => must(await app.connect()))));
      expect(desk.prompts).toHaveLength(2);
      await work('16:30');
      await restart('goodOrder', { rememberSession: true });
      await work('18:00');
    });

    await step('18:00: signing out tells all and leaves nothing in the org or the store', async () => {
      expect(await desk.stored()).toEqual({ grants: 1, revocations: 0 });
      await told('signedOut', async () => must(await desk.bar.signOutAll()));
      expect(await desk.org.control.approvals()).toEqual([]);
      expect(await desk.stored()).toEqual({ grants: 0, revocations: 0 });
    });

    await step('adds up: no prompt, renewal, event or failure that was not to be', async () => {
      const unexcused = desk.calls.filter(
        ({ code, reason = '' }, place) =>
          code && !excused.some(({ from, to, reasons }) => place >= from && place < to && reasons.test(reason)),
      );
      expect(unexcused).toEqual([]);
      expect(desk.calls.filter(({ status }) => status === 401)).toEqual([]);
      for (const { told: events } of desk.apps) {
        const kinds = events.map(({ sessionId, state }) => `${sessionId} ${state}`);
        expect(kinds).toEqual([...new Set(kinds)]);
      }
      const { spentTwice, tooEarly, busiestMinute, granted, unanswered, refused } = renewals(
        desk.network.tokenRequests,
        tokenLifetimeMs,
        restarts,
      );
      expect(spentTwice).toEqual([]);
      expect(tooEarly).toEqual([]);
      expect(refused).toBe(1);
      expect(busiestMinute).toBeLessThanOrEqual(3);
      expect(desk.prompts).toHaveLength(2);
      await report('day', {
        seed,
        calls: desk.calls.length,
        failed: failuresByReason(desk.calls),
        answered401: desk.calls.filter(({ status }) => status === 401).length,
        prompts: desk.prompts.length,
        signInWindows: desk.signIns.length,
        renewals: granted,
        renewalsRefused: refused,
        renewalsUnanswered: unanswered,
        tokenRequestsInBusiestMinute: busiestMinute,
        stateEvents: desk.apps.reduce((sum, { told: events }) => sum + events.length, 0),
        approvalsLeft: (await desk.org.control.approvals()).length,
      });
    });
  }, 300_000);
});
