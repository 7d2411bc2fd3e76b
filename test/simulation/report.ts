import { appendFile } from 'node:fs/promises';

/**
 * Where the counts go: a table with jest's `--verbose`, and lines of JSON into the file that SIMULATION_REPORT names.
 */
export async function report(title: string, counts: Record<string, unknown>): Promise<void> {
  const file = process.env['SIMULATION_REPORT'];
  if (file) await appendFile(file, `${JSON.stringify({ title, ...counts })}\n`);
  if (!process.argv.includes('--verbose')) return;
  const rows = Object.entries(counts).map(
    ([name, count]) => `${name.padEnd(32)}${typeof count === 'object' ? JSON.stringify(count) : String(count)}`,
  );
  process.stdout.write(`\n${title}\n${rows.join('\n')}\n`);
}
