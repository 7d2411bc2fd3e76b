import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { putInPlace } from '../../packages/putInPlace.ts';

let folder: string;
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'put-in-place-'));
  output = path.join(folder, 'built/output');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fill = (text: string, wait?: Promise<unknown>) => async (made: string) => {
  await writeFile(path.join(made, 'first'), text);
  await wait;
  await writeFile(path.join(made, 'second'), text);
};
const read = async () => ({
  first: await readFile(path.join(output, 'first'), 'utf8'),
  second: await readFile(path.join(output, 'second'), 'utf8'),
  beside: await readdir(path.dirname(output)),
});

describe('what a build makes', () => {
  it('takes the place of what was there, whole', async () => {
    await mkdir(output, { recursive: true });
    await writeFile(path.join(output, 'of before'), '');
    await putInPlace(output, fill('new'));
    expect(await read()).toEqual({ first: 'new', second: 'new', beside: ['output'] });
    expect((await readdir(output)).sort()).toEqual(['first', 'second']);
  });

  it('is that of one run, when several make it at the same time', async () => {
    const runs = Array.from({ length: 12 }, (_, run) => putInPlace(output, fill(`run ${run}`)));
    await Promise.all(runs);
    const { first, second, beside } = await read();
    expect([first, beside]).toEqual([second, ['output']]);
    expect(first).toMatch(/^run \d+$/);
  });

  it('is dropped where another run has made the same meanwhile, so that nobody who reads that is disturbed', async () => {
    let go = (): void => undefined;
    const faster = new Promise<void>((resolve) => (go = resolve));
    const isThere = async () => (await readdir(output).catch(() => [])).length > 0;
    const slow = putInPlace(output, fill('slow', faster), isThere);
    await putInPlace(output, fill('fast'), isThere);
    go();
    await slow;
    expect(await read()).toEqual({ first: 'fast', second: 'fast', beside: ['output'] });
  });

  it('leaves what was there when it fails', async () => {
    await putInPlace(output, fill('good'));
    await expect(putInPlace(output, fill('bad', Promise.reject(new Error('no space'))))).rejects.toThrow('no space');
    expect(await read()).toEqual({ first: 'good', second: 'good', beside: ['output'] });
  });
});
