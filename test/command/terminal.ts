import type { Place } from '../../src/command/main.ts';
import { runCommand } from '../../src/command/main.ts';

export interface Ran {
  code: number;
  printed: string;
  told: string;
}

interface Given extends Partial<Place> {
  /** What the person answers, question by question; without them nobody is at the terminal. */
  answers?: string[];
}

/** Runs the command as a process would, and reads along. */
export async function run(args: readonly string[], { answers, ...given }: Given = {}): Promise<Ran> {
  const printed: string[] = [];
  const told: string[] = [];
  const remaining = [...(answers ?? [])];
  const terminal = {
    print: (line: string) => void printed.push(line),
    tell: (line: string) => void told.push(line),
    ...(answers && { ask: async () => remaining.shift() ?? '' }),
  };
  const code = await runCommand(args, {
    environment: {},
    terminal,
    version: '1.2.3',
    pagesFolder: '/nowhere',
    untilToldToEnd: () => AbortSignal.abort(),
    loadTestKit: async () => undefined,
    ...given,
  });
  return { code, printed: printed.join('\n'), told: told.join('\n') };
}
