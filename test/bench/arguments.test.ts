import { readArguments, usage } from '../../bench/arguments.ts';

describe('readArguments', () => {
  it('measures in full and prints only, without flags', () => {
    expect(readArguments([])).toEqual({ help: false, quick: false, jsonFile: undefined });
  });

  it('takes the file for JSON and the short run', () => {
    expect(readArguments(['--quick', '--json', 'out.json'])).toEqual({
      help: false,
      quick: true,
      jsonFile: 'out.json',
    });
    expect(readArguments(['--json=out.json'])).toMatchObject({ jsonFile: 'out.json' });
  });

  it('names a flag it does not know, and one that lacks its value', () => {
    expect(() => readArguments(['--fast'])).toThrow('--fast');
    expect(() => readArguments(['--json'])).toThrow('--json');
    expect(() => readArguments(['out.json'])).toThrow('out.json');
  });

  it('describes each flag it takes', () => {
    expect(readArguments(['--help']).help).toBe(true);
    for (const flag of ['--json', '--quick', '--help']) expect(usage).toContain(flag);
  });
});
