/** How well subscriptions are kept up to date, and what they say of it. */
import { failure, success } from '../../../src/outcomes/failure.ts';
import { outcomeFailure } from '../../../src/outcomes/outcomes.ts';
import type { PipelineAnswer } from '../../../src/worker/pipeline/step.ts';
import { query, record, useLiveDesk } from './liveDesk.ts';

const answered = (outcome: PipelineAnswer['outcome'], more: Partial<PipelineAnswer> = {}): PipelineAnswer => ({
  outcome,
  served: 'org',
  size: 0,
  ...more,
});

describe('a subscription', () => {
  const org = useLiveDesk();
  let contact: string;

  beforeEach(() => {
    contact = org.create('Contact', { LastName: 'Before' });
  });

  it('is paused while the machine is offline, asks nothing, and goes on at once afterwards', async () => {
    const { desk, listen, asked, pass } = org.open();
    const heard = await listen(record(contact));
    desk.isOnline = false;
    expect(await asked(() => pass(120))).toBe(0);
    org.update('Contact', contact, { LastName: 'Meanwhile' });
    desk.setOnline(true);
    await pass(0.2);
    expect(heard.states).toEqual(['live', 'paused', 'live']);
    expect(heard.values('LastName')).toEqual(['Meanwhile']);
  });

  it('is delayed while the org cannot be reached, asks it more and more rarely, and says so once', async () => {
    const { desk, listen, pass } = org.open();
    const heard = await listen(record(contact));
    let tries = 0;
    desk.answerInstead = () => {
      tries += 1;
      return answered(outcomeFailure({ stage: 'request', noAnswer: 'unreachable' }));
    };
    await pass(300);
    expect(heard.states).toEqual(['live', 'delayed']);
    expect(heard.of('state').at(-1)!.message).toContain('could not be reached');
    expect(tries).toBeLessThan(10);
    desk.answerInstead = undefined;
    org.update('Contact', contact, { LastName: 'Meanwhile' });
    await pass(310);
    expect(heard.states).toEqual(['live', 'delayed', 'live']);
    expect(heard.values('LastName')).toEqual(['Meanwhile']);
  });

  it('waits as long as the org asks to be left alone, and says until when', async () => {
    const { desk, listen, asked, pass } = org.open({});
    const heard = await listen(record(contact));
    const busy = outcomeFailure({ stage: 'request', status: 429, error: '', description: '' }, { status: 429 });
    desk.answerInstead = () => answered(busy, { retryAfterMs: 120_000 });
    await pass(6);
    desk.answerInstead = undefined;
    const waits = await asked(() => pass(100));
    expect(waits).toBe(0);
    expect(heard.of('state').at(-1)).toMatchObject({ state: 'delayed', untilMs: expect.any(Number) });
    await pass(40);
    expect([...new Set(heard.states)]).toEqual(['live', 'delayed']);
    expect(heard.states.at(-1)).toBe('live');
  });

  it.each([
    ['slowed', 0.75, 4],
    ['refused', 0.95, Infinity],
  ])("is delayed where the background is %s, as most of the org's requests are used", async (_how, share, rarer) => {
    const { desk, listen, asked, pass } = org.open({});
    const heard = await listen(record(contact));
    const usual = await asked(() => pass(100));
    desk.answerInstead = (request) => ({
      ...org.org.answer(request, org.org.administrator),
      usage: { used: share * 1_000, limit: 1_000 },
    });
    await pass(12);
    expect(await asked(() => pass(100))).toBeLessThanOrEqual(Math.ceil(usual / rarer));
    expect(heard.states.slice(0, 2)).toEqual(['live', 'delayed']);
    expect(heard.of('state').at(-1)!.message).toMatch(/requests that Salesforce allows/);
    desk.answerInstead = undefined;
  });

  it('of a person who looks is told what there is even then', async () => {
    const { desk, listen, pass } = org.open({});
    const usage = { used: 950, limit: 1_000 };
    desk.answerInstead = (request) => ({ ...org.org.answer(request, org.org.administrator), usage });
    const other = org.create('Contact', { LastName: 'Other' });
    const first = await listen(record(other));
    await pass(6);
    const heard = await listen(record(contact));
    expect(heard.values('LastName')).toEqual(['Before']);
    // Which does not mean that the others are kept up to date again.
    expect([first.states.at(-1), heard.states.at(-1)]).toEqual(['delayed', 'delayed']);
  });

  it('is paused while somebody has to sign in, and goes on with the session', async () => {
    const { desk, listen, pass } = org.open();
    const heard = await listen(record(contact));
    desk.answerInstead = () => answered(failure('SIGN_IN_REQUIRED', 'Sign in again.'));
    await pass(60);
    desk.answerInstead = undefined;
    desk.wake();
    await pass(0.2);
    expect(heard.states).toEqual(['live', 'paused', 'live']);
  });

  it('is told that its session has ended, and nothing more', async () => {
    const { desk, listen, asked, pass, sessions } = org.open();
    const [heard, other] = [await listen(record(contact)), await listen(record(contact), { user: 'alex' })];
    desk.signOut(sessions.morgan);
    const { length } = heard.news;
    org.update('Contact', contact, { LastName: 'Afterwards' });
    expect(await asked(() => pass(5.5))).toBe(1);
    expect(heard.news).toHaveLength(length);
    expect([heard.states.at(-1), other.states.at(-1)]).toEqual(['signedOut', 'live']);
  });

  it('is told the same where the org says first that the session has ended', async () => {
    const { desk, listen, asked, pass } = org.open();
    const heard = await listen(record(contact));
    desk.answerInstead = () => answered(failure('SESSION_ENDED', 'It has ended.'));
    await pass(6);
    expect(heard.states).toEqual(['live', 'signedOut']);
    expect(await asked(() => pass(60))).toBe(0);
  });

  it('has one look after a sleep, and not one for each that was slept through', async () => {
    const { listen, asked, pass, desk } = org.open();
    const heard = await listen(record(contact));
    org.org.time.sleep(8 * 3_600_000);
    org.update('Contact', contact, { LastName: 'By night' });
    const looks = await asked(async () => {
      desk.wake();
      await pass(1);
    });
    expect(looks).toBe(1);
    expect(heard.values('LastName')).toEqual(['By night']);
  });

  it('goes on when the clock of the computer is set back', async () => {
    const { listen, pass } = org.open();
    const heard = await listen(record(contact));
    org.org.time.set(org.org.time.now() - 3_600_000);
    org.update('Contact', contact, { LastName: 'An hour ago' });
    await pass(70);
    expect(heard.values('LastName')).toEqual(['An hour ago']);
    org.org.time.pass(7_200_000);
  });

  it('is asked for once at a time, however slow the org is, and told what was asked last', async () => {
    const { desk, listen, pass, patch } = org.open();
    const heard = await listen(record(contact));
    let most = 0;
    let running = 0;
    const { time } = org.org;
    desk.faults.push({ beforeMs: 0, afterMs: 30_000 });
    desk.answerInstead = (request) => {
      running += 1;
      most = Math.max(most, running);
      void time.delay(29_000, new AbortController().signal).then(() => (running -= 1));
      return org.org.answer(request, org.org.administrator);
    };
    await pass(5.5);
    desk.answerInstead = undefined;
    patch(contact, { LastName: 'Written meanwhile' });
    await pass(60);
    expect(most).toBe(1);
    expect(heard.of('rows').map(({ rows }) => rows[0]!['LastName'])).toEqual(['Before', 'Written meanwhile']);
  });

  it('of one query that the org cannot answer in time is delayed, and no other', async () => {
    const { desk, listen, pass } = org.open();
    const slow = await listen(query(`SELECT Id FROM Contact WHERE Id = '${contact}'`));
    const other = await listen(record(contact));
    desk.answerInstead = (request) => {
      const isOne = request.endpoint.includes(encodeURIComponent('SELECT Id FROM Contact'));
      if (!isOne && !request.endpoint.endsWith('/composite')) return undefined;
      const answer = org.org.answer(request, org.org.administrator);
      const timedOut = [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }];
      const value = answer.outcome.ok ? (answer.outcome.data.body as { value: unknown }).value : {};
      const { compositeResponse } = value as { compositeResponse?: { body: unknown; httpStatusCode: number }[] };
      if (!compositeResponse)
        return answered(
          outcomeFailure(
            { stage: 'request', status: 400, error: 'QUERY_TIMEOUT', description: '' },
            { status: 400, data: timedOut },
          ),
        );
      for (const part of compositeResponse)
        if (!JSON.stringify(part.body).includes('LastName'))
          Object.assign(part, { body: timedOut, httpStatusCode: 400 });
      return answered(success({ status: 200, type: 'application/json', body: { kind: 'json', value } }));
    };
    org.update('Contact', contact, { LastName: 'Quick' });
    await pass(12);
    expect(slow.states).toEqual(['live', 'delayed']);
    expect(other.states).toEqual(['live']);
    expect(other.values('LastName')).toEqual(['Quick']);
    desk.answerInstead = undefined;
    await pass(12);
    expect(slow.states).toEqual(['live', 'delayed', 'live']);
  });

  it('is delayed by an error in the provider itself, which is reported, and goes on', async () => {
    const { desk, listen, pass } = org.open();
    const heard = await listen(record(contact));
    desk.answerInstead = () => {
      throw new Error('nobody expects this');
    };
    await pass(6);
    desk.answerInstead = undefined;
    org.update('Contact', contact, { LastName: 'Afterwards' });
    await pass(12);
    expect(desk.unexpected).toHaveLength(1);
    expect(heard.states).toEqual(['live', 'delayed', 'live']);
    expect(heard.values('LastName')).toEqual(['Afterwards']);
  });

  it('is told of what changed though the first attempt to read it has failed', async () => {
    const { desk, listen, pass } = org.open();
    const heard = await listen(query(`SELECT Id, LastName FROM Contact WHERE Id = '${contact}'`));
    await pass(21);
    org.update('Contact', contact, { LastName: 'Changed' });
    desk.answerInstead = ({ endpoint }) =>
      endpoint.includes('LastName')
        ? answered(outcomeFailure({ stage: 'request', noAnswer: 'unreachable' }))
        : undefined;
    await pass(5);
    desk.answerInstead = undefined;
    await pass(12);
    expect(heard.values('LastName')).toEqual(['Changed']);
  });
});
