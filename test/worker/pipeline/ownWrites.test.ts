/** Histories at random, on the real org with answers that are late at random. */
import fc from 'fast-check';
import { askedWorker, valueOf } from '../../support/askedWorker.ts';
import { useOrg } from '../../support/org.ts';
import { alex } from '../../support/orgBrowser.ts';
import { must } from '../../support/workerSession.ts';

const contactsInUse = 2;
const contact = fc.nat({ max: contactsInUse - 1 });
const app = fc.nat({ max: 1 });
const oneInFive = fc.nat({ max: 4 }).map((drawn) => drawn === 0);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('read' as const), contact, app, gaveUp: oneInFive }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('write' as const), contact, app }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pause' as const), ms: fc.nat({ max: 40 }) }) },
);
const history = fc.record({
  steps: fc.array(step, { minLength: 20, maxLength: 60 }),
  /** Milliseconds before and after each request, in turn. */
  delays: fc.array(fc.nat({ max: 60 }), { minLength: 5, maxLength: 20 }),
});

type Steps = (typeof history extends fc.Arbitrary<infer H> ? H : never)['steps'];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('an app that reads', () => {
  const org = useOrg({ contacts: 60 });

  it("sees its own and other apps' writes, in whatever order and however late requests arrive", async () => {
    let delays: readonly number[] = [0];
    let fetched = 0;
    const late: typeof fetch = async (input, init) => {
      const next = () => pause(delays[(fetched += 1) % delays.length]!);
      await next();
      const response = await fetch(input, init);
      await next();
      return response;
    };
    // Long enough that any copy that is wrong would be given.
    const { worker, blotter, notes, contacts } = await askedWorker(
      org,
      { freshForMs: { records: 60_000 } },
      { fetch: late },
    );
    const apps = [blotter, notes];
    let writes = 0;
    let requests = 0;

    async function run(steps: Steps): Promise<void> {
      /** By contact: the last write that has ended, and how many have begun. Writes of a contact follow each other. */
      const written = Array.from({ length: contactsInUse }, () => ({ ended: 0, last: Promise.resolve() }));
      const name = (write: number) => `Write ${String(write).padStart(9, '0')}`;
      const write = async (index: number, who: number): Promise<void> => {
        const mine = (writes += 1);
        must((await apps[who]!.patch(contacts[index]!, { LastName: name(mine) })).outcome);
        written[index]!.ended = mine;
      };
      for (const one of written.keys()) await write(one, 0);
      const carryOut = async (one: Exclude<Steps[number], { does: 'pause' }>): Promise<void> => {
        const state = written[one.contact]!;
        if (one.does === 'write') {
          state.last = state.last.then(() => write(one.contact, one.app));
          return state.last;
        }
        const atLeast = name(state.ended);
        const requestId = `read ${(requests += 1)}`;
        const answer = apps[one.app]!.get(contacts[one.contact]!, { requestId });
        if (one.gaveUp) await worker.cancelCall(apps[one.app]!.caller.id, requestId);
        const outcome = await answer;
        if (one.gaveUp && !outcome.ok) return expect(outcome.error.code).toBe('REQUEST_CANCELLED');
        const { LastName } = valueOf(outcome) as { LastName: string };
        expect(LastName >= atLeast ? 'as it was written, or newer' : `${LastName} before ${atLeast}`).toBe(
          'as it was written, or newer',
        );
      };
      // What stands between two pauses is asked for in the same moment; what comes later may overtake it.
      const all: Promise<void>[] = [];
      for (const one of steps) {
        if (one.does === 'pause') await pause(one.ms);
        else all.push(carryOut(one));
      }
      await Promise.all(all);
    }

    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        delays = given.delays;
        await run(given.steps);
      }),
      { numRuns: Number(process.env['HISTORIES'] ?? 25), endOnFailure: true },
    );
  });

  it('gets nothing of a person whose session it does not use, whatever others have read', async () => {
    const { blotter, signIn, contacts } = await askedWorker(org, { freshForMs: { records: 60_000 } });
    const other = (await signIn(alex)).app('Blotter', blotter.caller.id);
    const seen = await Promise.all(contacts.map(async (one) => (await other.get(one, { maxAgeMs: 0 })).ok));
    expect(new Set(seen).size).toBe(2);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.nat({ max: contacts.length - 1 })), { minLength: 5, maxLength: 30 }),
        async (reads) => {
          const answers = await Promise.all(
            reads.map(async ([isHers, index]) => ({
              isHers,
              index,
              isGood: (await (isHers ? blotter : other).get(contacts[index]!)).ok,
            })),
          );
          for (const { isHers, index, isGood } of answers) expect(isGood).toBe(isHers || seen[index]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
