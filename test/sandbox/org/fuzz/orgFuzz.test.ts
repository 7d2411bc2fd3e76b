import fc from 'fast-check';
import { startFuzzedOrg, type FuzzedOrg } from './fuzzedOrg.ts';
import { faultOf } from './judge.ts';
import { anyRequest } from './requests.ts';

/**
 * Requests by the grammar of each door of the org, valid and spoilt: SOQL, SOSL, paths, query strings, headers and
 * bodies. A new seed each time, which a failure names; `ORG_FUZZ_SEED` repeats one, `ORG_FUZZ_RUNS` asks for more runs.
 */
const numRuns = Number(process.env['ORG_FUZZ_RUNS'] ?? 3000);
const seed = Number(process.env['ORG_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const MINUTE_MS = 60_000;

let org: FuzzedOrg;
beforeAll(async () => {
  org = await startFuzzedOrg();
});
afterAll(() => org.stop());

describe('the org', () => {
  it(
    "answers every request, in a form of Salesforce's and never with a fault of its own",
    async () => {
      const property = fc.asyncProperty(anyRequest(org.ids), async (request) => {
        const said = org.complaints().length;
        const fault = faultOf(request, await org.send(request));
        if (fault !== undefined) throw new Error(`${fault}\n${org.complaints().slice(said, said + 2000)}`);
      });
      await fc.assert(property, { numRuns, seed });
    },
    // Far more than it takes: a request that is never answered is found out by its own bound.
    10 * MINUTE_MS + numRuns * 60,
  );
});
