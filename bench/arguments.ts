import { parseArgs } from 'node:util';

export const usage = `Measures this client, @openfin/salesforce and bare fetch in Chromium, side by side on the embedded org.

Usage: npm run bench -- [flags]

  --json FILE   also write what was measured as JSON
  --page        also write docs/performance.md and its plots
  --from FILE   take the JSON of an earlier run, and measure nothing
  --quick       few rounds and a short day: to see that it runs, not for numbers
  --help        show this text
`;

export interface BenchArguments {
  help: boolean;
  quick: boolean;
  jsonFile: string | undefined;
  isPageWritten: boolean;
  /** JSON of an earlier run. */
  from: string | undefined;
}

/** Reads the flags of `npm run bench`. @throws Error naming a flag that is unknown or lacks its value. */
export function readArguments(given: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...given],
    options: {
      json: { type: 'string' },
      page: { type: 'boolean', default: false },
      from: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    quick: values.quick,
    jsonFile: values.json,
    isPageWritten: values.page,
    from: values.from,
  };
}
