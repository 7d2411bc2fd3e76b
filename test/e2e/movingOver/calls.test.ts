import { jest } from '@jest/globals';
import type { Call, Expected } from './call.ts';
import { calls } from './calls.ts';
import { callIn, essence, type Place, type Seen } from './outcome.ts';
import { connectBoth, openStage, type Runtime, type Stage } from './stage.ts';

jest.setTimeout(60_000);

/** The unmodified @openfin/salesforce 2.3.0 and our client, in two pages of one desktop, on one org. */
let stage: Stage;
/** With each request sent as it was asked for: what the org is asked can be compared. */
let runtime: Runtime;
/** With the provider as it is by default, but that nothing counts as fresh: what the app is answered can be. */
let sharing: Runtime;

const oneByOne = { coalescing: false, freshness: false, batching: false };

beforeAll(async () => {
  stage = await openStage({ refreshTokenRotation: false });
  runtime = await stage.openRuntime({ pipeline: oneByOne });
  await connectBoth(runtime);
  sharing = await stage.openRuntime({ pipeline: { freshness: false } });
  await connectBoth(sharing);
  // At the first path that is not there our provider asks the org once which versions it has.
  await outcomeOf(
    { name: 'a path that is not there', work: ({ send }) => send('/services/data/vXX.X/nothing') },
    'here',
  );
}, 120_000);
afterAll(() => stage?.stop());

interface Outcome {
  seen: Seen;
  arrived: object[];
}

async function outcomeOf({ work, prepared }: Call, place: Place, { pages } = runtime): Promise<Outcome> {
  await stage.org.control.clearFaults();
  if (prepared) await stage.org.control.answerWith({ path: '^/services/data/', times: 1, ...prepared });
  stage.arrived();
  const seen = await callIn(pages[place], place, work);
  return { seen, arrived: stage.arrived().map(essence) };
}

/** What both have in common: codes are ours alone, and what the org makes up is the same for nobody. */
function comparable({ seen: { error, ...rest }, arrived }: Outcome, made: RegExp | undefined): object {
  const { code: _ours, ...known } = error ?? {};
  const text = JSON.stringify({ seen: { ...rest, ...(error && { error: known }) }, arrived });
  return JSON.parse(made ? text.replaceAll(new RegExp(made, 'g'), '…') : text) as object;
}

function expectOutcome({ seen, arrived }: Outcome, expected: Expected): void {
  expect(seen).toMatchObject(expected.seen);
  if (typeof expected.arrived === 'number') expect(arrived).toHaveLength(expected.arrived);
  else if (expected.arrived) expect(arrived).toMatchObject(expected.arrived);
}

describe.each(Object.entries(calls))('%s', (_group, group: readonly Call[]) => {
  const named = (chosen: Call[]) => chosen.map((call) => [call.name, call] as const);

  it.each(named(group.filter(({ differs }) => !differs)))(
    '%s: the same answer or error, and the same request at the org',
    async (_name, call) => {
      const [there, here] = [await outcomeOf(call, 'there'), await outcomeOf(call, 'here')];
      expect(comparable(here, call.made)).toEqual(comparable(there, call.made));
      expect(there.arrived).not.toEqual([]);
    },
  );

  const unprepared = group.filter(({ differs, prepared }) => !differs && !prepared);
  if (unprepared.length > 0)
    it.each(named(unprepared))(
      '%s: the same answer or error, however the provider asks the org',
      async (_name, call) => {
        const [{ seen: there }, { seen: here }] = [
          await outcomeOf(call, 'there', sharing),
          await outcomeOf(call, 'here', sharing),
        ];
        const answers = (seen: Seen): object => comparable({ seen, arrived: [] }, call.made);
        expect(answers(here)).toEqual(answers(there));
      },
    );

  it.each(named(group.filter(({ differs }) => differs)))('%s: differs as the guide says', async (_name, call) => {
    const [there, here] = [await outcomeOf(call, 'there'), await outcomeOf(call, 'here')];
    expectOutcome(there, call.differs!.there);
    expectOutcome(here, call.differs!.here);
    expect(comparable(here, call.made)).not.toEqual(comparable(there, call.made));
  });
});
