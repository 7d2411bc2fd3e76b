import { readArguments, usage } from '../../bench/arguments.ts';

describe('readArguments', () => {
  it('measures in full and prints only, without flags', () => {
    expect(readArguments([])).toEqual({
      ...{ help: false, quick: false, jsonFile: undefined },
      ...{ isPageWritten: false, from: undefined },
    });
  });

  it('takes the file for JSON and the short run', () => {
    expect(readArguments(['--quick', '--json', 'out.json'])).toMatchObject({
      help: false,
      quick: true,
      jsonFile: 'out.json',
    });
    expect(readArguments(['--json=out.json'])).toMatchObject({ jsonFile: 'out.json' });
  });

  it('takes the page, from an earlier run too', () => {
    expect(readArguments(['--page', '--from', 'in.json'])).toMatchObject({ isPageWritten: true, from: 'in.json' });
  });

  it('names a flag it does not know, and one that lacks its value', () => {
    expect(() => readArguments(['--fast'])).toThrow('--fast');
    expect(() => readArguments(['--json'])).toThrow('--json');
    expect(() => readArguments(['out.json'])).toThrow('out.json');
  });

  it('describes each flag it takes', () => {
    expect(readArguments(['--help']).help).toBe(true);
    for (const flag of ['--json', '--page', '--from', '--quick', '--help']) expect(usage).toContain(flag);
  });
});
