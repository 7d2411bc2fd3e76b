/** The kinds of contexts that apps really send, each in an embedded org over HTTP. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { match } from '../../src/command/match/main.ts';
import { startEmbeddedOrg } from '../../sandbox/desk/embeddedOrg.ts';

const folder = path.join(import.meta.dirname, 'match');
const scratch = mkdtempSync(path.join(tmpdir(), 'match-'));
afterAll(() => rmSync(scratch, { recursive: true }));

interface Line {
  id: string;
  outcome: string;
  records: string[];
  why: string;
  holds?: boolean;
}

async function run(args: string[], environment: Record<string, string> = {}) {
  const printed: string[] = [];
  const told: string[] = [];
  const code = await match(
    args,
    environment,
    { print: (line) => printed.push(line), tell: (line) => told.push(line) },
    async () => startEmbeddedOrg,
  );
  return { code, told, printed };
}

const linesOf = (printed: string[]): Line[] => printed.map((line) => JSON.parse(line) as Line);

describe('salesforce-interop match', () => {
  it.each(['contexts.json', 'moreContexts.json'])('finds all of %s as is expected', async (file) => {
    const { code, printed } = await run([path.join(folder, file)]);
    const lines = linesOf(printed);
    expect(lines.filter(({ holds }) => holds !== true)).toEqual([]);
    const { groups } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { groups: { cases: unknown[] }[] };
    expect(lines).toHaveLength(groups.flatMap(({ cases }) => cases).length);
    expect(code).toBe(0);
  });

  it('says which is not as expected, and ends with 1; without records it takes the org as it is', async () => {
    const file = path.join(scratch, 'contexts.json');
    const context = { type: 'fdc3.contact', name: 'Nobody Of That Name' };
    writeFileSync(
      file,
      JSON.stringify({
        cases: [
          { id: 1, intent: 'ViewContact', context, outcome: 'opens', record: 'Nobody' },
          { id: 2, intent: 'ViewContact', context },
        ],
      }),
    );
    const { code, printed, told } = await run([file]);
    expect(linesOf(printed)).toEqual([
      { id: '1', outcome: 'search', records: [], why: expect.stringContaining('Nobody Of That Name'), holds: false },
      { id: '2', outcome: 'search', records: [], why: expect.stringContaining('Nobody Of That Name') },
    ]);
    expect(told).toEqual(['1 is not as expected.']);
    expect(code).toBe(1);
  });

  it('asks an org that is named, with the token of the environment', async () => {
    const org = await startEmbeddedOrg({ isEmpty: false });
    try {
      const file = path.join(scratch, 'contexts.json');
      writeFileSync(
        file,
        JSON.stringify({
          cases: [{ id: 'a', intent: 'ViewContact', context: { type: 'fdc3.contact', name: 'Xq Zzy' } }],
        }),
      );
      const { printed } = await run([file, '--org', org.orgUrl], { SALESFORCE_ACCESS_TOKEN: org.accessToken });
      expect(linesOf(printed)).toMatchObject([{ outcome: 'search' }]);
      const refused = await run([file, '--org', org.orgUrl], { SALESFORCE_ACCESS_TOKEN: 'wrong' });
      expect(linesOf(refused.printed)).toMatchObject([{ outcome: 'error' }]);
      await expect(run([file, '--org', org.orgUrl])).rejects.toThrow('SALESFORCE_ACCESS_TOKEN');
    } finally {
      await org.close();
    }
  });

  it.each([
    [[], 'There is no file'],
    [['nowhere.json'], 'cannot be read'],
    [['a.json', '--org', 'nonsense'], 'is no URL'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    await expect(run(args)).rejects.toThrow(sentence);
  });
});
