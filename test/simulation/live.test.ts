/**
 * Live data through random histories, in simulated time: edits in the org and through apps, lost requests and answers,
 * sleeps, restarts, slow answers. HISTORIES says how many; a failure names its seed, for LIVE_SEED.
 */
import fc from 'fast-check';
import { LiveDesk, type Fault } from './liveDesk.ts';
import { LiveListener, TargetLog } from './liveListener.ts';
import { openLiveOrg, type LiveOrg } from './liveOrg.ts';

const seconds = (count: number): number => count * 1_000;
const minutes = (count: number): number => seconds(60 * count);

const edit = fc.record({
  does: fc.constant('edit' as const),
  by: fc.constantFrom('org', 'org', 'morgan', 'alex'),
  what: fc.constantFrom('update', 'update', 'update', 'create', 'delete', 'undelete', 'move', 'account'),
  which: fc.nat({ max: 6 }),
  name: fc.constantFrom('Anders', 'Berg', 'Curie', 'Dahl'),
  /** How long the transaction took: its rows have the stamp of its beginning. */
  tookMs: fc.constantFrom(0, 0, 0, seconds(20), minutes(4)),
});
const listener = fc.nat({ max: 12 });
const step = fc.oneof(
  { weight: 10, arbitrary: edit },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.nat({ max: 15_000 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.nat({ max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sleep' as const), ms: fc.nat({ max: minutes(90) }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('lose' as const),
      what: fc.constantFrom('request' as const, 'answer' as const),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('slow' as const),
      beforeMs: fc.nat({ max: 20_000 }),
      afterMs: fc.nat({ max: 20_000 }),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('offline' as const), ms: fc.nat({ max: minutes(3) }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const), afterMs: fc.nat({ max: minutes(20) }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('signOut' as const),
      who: fc.constantFrom('morgan' as const, 'alex' as const),
      afterMs: fc.nat({ max: minutes(2) }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('look' as const), listener, isLookedAt: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('reload' as const), listener }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('settle' as const) }) },
);
const history = fc.array(step, { minLength: 10, maxLength: 40 });
type History = typeof history extends fc.Arbitrary<infer H> ? H : never;
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;
type Who = 'morgan' | 'alex';

/** One history on records of its own. */
class Run {
  readonly #org: LiveOrg;
  readonly #desk: LiveDesk;
  readonly #accounts: string[];
  readonly #contacts: string[] = [];
  readonly #listeners: { who: Who; listener: LiveListener }[] = [];
  readonly #sessions: Record<Who, string>;
  #edits = 0;

  constructor(org: LiveOrg) {
    this.#org = org;
    org.tick();
    const { database, administrator, banker } = org;
    // The banker sees the first, and what belongs to it.
    this.#accounts = [banker, administrator].map(({ user }, index) =>
      database.create('Account', { Name: `Live ${index}`, OwnerId: user.id }, administrator),
    );
    for (let n = 0; n < 3; n += 1) this.#create(n, 'Before');
    this.#desk = new LiveDesk(org, () => this.#writeLogs());
    this.#sessions = { morgan: this.#desk.signIn(administrator), alex: this.#desk.signIn(banker) };
    const accounts = this.#accounts.map((id) => `'${id}'`).join(', ');
    const targets = [
      { kind: 'record', sObject: 'Contact', id: this.#contacts[0]!, fields: ['LastName', 'Account.Name'] },
      {
        kind: 'query',
        soql: `SELECT Id, LastName, Account.Name FROM Contact WHERE AccountId IN (${accounts}) ORDER BY LastName, Id`,
      },
      {
        kind: 'query',
        soql: `SELECT Id, Name, (SELECT Id, LastName FROM Contacts ORDER BY Id) FROM Account WHERE Id IN (${accounts}) ORDER BY Id`,
      },
      {
        kind: 'query',
        soql: `SELECT Id, LastName FROM Contact WHERE AccountId = '${this.#accounts[0]!}' ORDER BY LastName DESC, Id LIMIT 2`,
      },
      { kind: 'sObject', sObject: 'Contact', fields: ['LastName', 'AccountId'] },
    ] as const;
    const wanted = targets.flatMap((target) => [
      { who: 'morgan' as const, target: structuredClone(target) as TargetLog['target'] },
      { who: 'alex' as const, target: structuredClone(target) as TargetLog['target'] },
    ]);
    // Others want the same.
    wanted.push(...[0, 1, 2].map((index) => wanted[index]!));
    for (const [index, { who, target }] of wanted.entries()) {
      const log = new TargetLog(org, who === 'morgan' ? administrator : banker, target, () => this.#contacts);
      const how = { isLookedAt: index % 3 !== 2, mayWait: index % 4 === 1 };
      this.#listeners.push({ who, listener: new LiveListener(`${who}'s app ${index}`, log, how) });
    }
    for (const one of this.#listeners) this.#desk.subscribe(one.listener, this.#sessions[one.who]);
  }

  async carryOut(steps: History): Promise<void> {
    await this.#desk.pass(seconds(1));
    for (const [index, one] of steps.entries()) {
      await this.#take(one);
      this.#expectNoFault(`after step ${index}, ${JSON.stringify(one)}`);
    }
    await this.#settle();
    await this.#desk.pass(seconds(130));
    const wrong = this.#listeners.flatMap(({ listener: each }) => each.differences());
    if (wrong.length > 0) throw new Error(`In the end: ${wrong.join('\n')}`);
    for (const { listener: each } of this.#listeners)
      if (each.state !== 'live') throw new Error(`${each.name} is ${each.state}`);
    // What the next history sees has nothing to do with this one.
    this.#org.time.pass(minutes(30));
  }

  close(): void {
    this.#desk.close();
  }

  async #take(one: History[number]): Promise<void> {
    const desk = this.#desk;
    const { time } = this.#org;
    switch (one.does) {
      case 'edit':
        return one.by === 'org' ? this.#editInOrg(one) : this.#editByApp(one, one.by as Who);
      case 'pass':
        return desk.pass(one.ms);
      case 'sleep':
        await desk.quiet();
        time.sleep(one.ms);
        // The worker's own heartbeat notices.
        return desk.wake();
      case 'lose':
        return this.#add(one.times, { beforeMs: 30, afterMs: 30, lost: one.what });
      case 'slow':
        return this.#add(one.times, { beforeMs: one.beforeMs, afterMs: one.afterMs });
      case 'offline':
        desk.setOnline(false);
        await desk.pass(one.ms);
        return desk.setOnline(true);
      case 'restart':
        desk.restart();
        await desk.pass(one.afterMs);
        for (const each of this.#listeners) desk.subscribe(each.listener, this.#sessions[each.who]);
        return;
      case 'signOut':
        return this.#signOutAndIn(one.who, one.afterMs);
      case 'look': {
        const each = this.#listeners[one.listener]!;
        return desk.look(each.listener, one.isLookedAt);
      }
      case 'reload': {
        const each = this.#listeners[one.listener]!;
        desk.leave(each.listener);
        return desk.subscribe(each.listener, this.#sessions[each.who]);
      }
      case 'settle':
        return this.#settle();
    }
  }

  #add(times: number, fault: Fault): void {
    for (let n = 0; n < times; n += 1) this.#desk.faults.push(fault);
  }

  async #signOutAndIn(who: Who, afterMs: number): Promise<void> {
    const own = this.#listeners.filter((each) => each.who === who);
    this.#desk.signOut(this.#sessions[who]);
    for (const { listener: each } of own)
      if (each.state !== 'signedOut') throw new Error(`${each.name} is ${each.state}`);
    await this.#desk.pass(afterMs);
    this.#sessions[who] = this.#desk.signIn(who === 'morgan' ? this.#org.administrator : this.#org.banker);
    for (const { listener: each } of own) this.#desk.subscribe(each, this.#sessions[who]);
  }

  /** The network is well for a while: whoever looks knows all there is. */
  async #settle(): Promise<void> {
    this.#desk.faults.length = 0;
    const isTroubled = (): boolean =>
      this.#desk.troubled > 0 || this.#listeners.some(({ listener: each }) => each.state !== 'live');
    for (let waited = 0; isTroubled(); waited += 1) {
      if (waited > 600) throw new Error('It does not become live again');
      await this.#desk.pass(seconds(1));
    }
    await this.#desk.pass(seconds(12));
    const looking = this.#listeners.filter(({ listener: each }) => each.isLookedAt);
    const wrong = looking.flatMap(({ listener: each }) => each.differences());
    if (wrong.length > 0) throw new Error(`Two rounds later: ${wrong.join('\n')}`);
  }

  #expectNoFault(when: string): void {
    if (this.#desk.unexpected.length > 0) throw this.#desk.unexpected[0];
    const faults = this.#listeners.flatMap(({ listener: each }) => each.faults.map((fault) => `${each.name} ${fault}`));
    if (faults.length > 0) throw new Error(`${when}: ${faults.join('\n')}`);
  }

  #writeLogs(): void {
    const found = this.#org.database.query(
      `SELECT Id FROM Contact WHERE AccountId IN (${this.#accounts.map((id) => `'${id}'`).join(',')})`,
      this.#org.administrator,
      { includeDeleted: true },
    ).records;
    for (const { Id } of found) if (!this.#contacts.includes(String(Id))) this.#contacts.push(String(Id));
    for (const { listener: each } of this.#listeners) each.log.write();
  }

  #create(which: number, name: string): void {
    const AccountId = this.#accounts[which % 2]!;
    this.#contacts.push(this.#org.database.create('Contact', { LastName: name, AccountId }, this.#org.administrator));
  }

  #editInOrg({ what, which, name, tookMs }: Edit): void {
    const { database, administrator } = this.#org;
    const id = this.#contacts[which % this.#contacts.length]!;
    this.#org.tick();
    // Nobody else can write a row while a transaction holds it, nor has written it in the second in which that began.
    const [row] = database.query(`SELECT SystemModstamp FROM Contact WHERE Id = '${id}'`, administrator, {
      includeDeleted: true,
    }).records;
    if (Date.parse(String(row?.['SystemModstamp'])) < this.#org.time.now() - tookMs - seconds(1))
      this.#org.tick(tookMs);
    const account = this.#accounts[which % 2]!;
    const LastName = `${name} ${(this.#edits += 1)}`;
    const ignoring = (work: () => void): void => {
      try {
        work();
      } catch {
        // It may be deleted already, or not.
      }
    };
    if (what === 'create') this.#create(which, LastName);
    if (what === 'update') ignoring(() => database.update('Contact', id, { LastName }, administrator));
    if (what === 'move') ignoring(() => database.update('Contact', id, { AccountId: account }, administrator));
    if (what === 'delete') ignoring(() => database.delete('Contact', id, administrator));
    if (what === 'undelete') ignoring(() => database.undelete('Contact', id, administrator));
    if (what === 'account') database.update('Account', account, { Name: LastName }, administrator);
    this.#writeLogs();
  }

  #editByApp({ what, which, name }: Edit, who: Who): void {
    const id = this.#contacts[which % this.#contacts.length]!;
    const account = this.#accounts[which % 2]!;
    const LastName = `${name} ${(this.#edits += 1)}`;
    const data = '/services/data/v66.0/sobjects';
    const sessionId = this.#sessions[who];
    if (what === 'create')
      this.#desk.write(sessionId, {
        endpoint: `${data}/Contact`,
        method: 'POST',
        value: { LastName, AccountId: account },
      });
    else if (what === 'delete') this.#desk.write(sessionId, { endpoint: `${data}/Contact/${id}`, method: 'DELETE' });
    else if (what === 'account')
      this.#desk.write(sessionId, {
        endpoint: `${data}/Account/${account}`,
        method: 'PATCH',
        value: { Name: LastName },
      });
    else {
      const value = what === 'move' ? { AccountId: account } : { LastName };
      this.#desk.write(sessionId, { endpoint: `${data}/Contact/${id}`, method: 'PATCH', value });
    }
  }
}

describe('live data', () => {
  it("ends with the org's state for whoever has subscribed, and tells nothing that is over", async () => {
    let org = await openLiveOrg();
    let histories = 0;
    const seed = process.env['LIVE_SEED'];
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        // The records of the histories before make an org slow.
        if ((histories += 1) % 100 === 0) org = await openLiveOrg();
        const run = new Run(org);
        await run.carryOut(steps).finally(() => run.close());
      }),
      {
        numRuns: Number(process.env['HISTORIES'] ?? 50),
        endOnFailure: process.env['SHRINK'] === undefined,
        ...(seed !== undefined && { seed: Number(seed) }),
      },
    );
  }, 7_200_000);
});
