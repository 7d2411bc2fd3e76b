import { readFileSync } from 'node:fs';
import path from 'node:path';
import { calls } from '../e2e/movingOver/calls.ts';
import { proofs } from '../e2e/movingOver/proofs.ts';

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/moving-over.md'), 'utf8');
/** First cells of its tables, without heads and rules. */
const told = [...guide.matchAll(/^\| (.+?) \| .+ \| .+ \|$/gm)]
  .map(([, cell]) => cell)
  .filter((cell) => cell !== 'behaviour' && cell !== '---');
const made = Object.values(calls).flat();

describe('the guide for moving over', () => {
  it('tells each difference once', () => {
    expect(told).toHaveLength(new Set(told).size);
    expect(told.length).toBeGreaterThan(20);
  });

  it('tells the differences that calls with both packages show, and no other', () => {
    const shown = new Set([...made.flatMap(({ differs }) => differs?.row ?? []), ...proofs.map(({ row }) => row)]);
    expect([...shown].sort()).toEqual([...told].sort());
  });

  it('stands on more than sixty calls that go the same way with both', () => {
    expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
    expect(made.filter(({ differs }) => !differs).length).toBeGreaterThan(60);
  });
});
