import type { CheckResult } from '../channel/protocol.ts';
import { catalogue } from './catalogue.ts';

const marks: Record<CheckResult['status'], string> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };
const titleWidth = Math.max(...catalogue.map(({ title }) => title.length));

/** One check as lines of plain text: mark, title, finding, and below what is not well where it is mended. */
export function reportLines({ id, status, finding }: CheckResult): string[] {
  const { title, mends } = catalogue.find((entry) => entry.id === id)!;
  const line = `${marks[status]} ${title.padEnd(titleWidth)}  ${finding}`;
  return status === 'failed' || status === 'warning' ? [line, `${' '.repeat(titleWidth + 4)}→ ${mends}`] : [line];
}

/** How many checks came to what, in one sentence. */
export function summaryOf(results: readonly CheckResult[]): string {
  const count = (status: CheckResult['status']): number => results.filter((result) => result.status === status).length;
  const failures = count('failed');
  const head = failures === 0 ? 'Nothing failed' : `${failures} of ${results.length} failed`;
  return `${head}: ${count('ok')} good, ${count('warning')} with a warning, ${count('skipped')} not told from here.`;
}
