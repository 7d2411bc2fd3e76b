import { createInterface } from 'node:readline/promises';
import { onToldToEnd } from '../provider/hosts/node/toldToEnd.ts';
import { runCommand, type Place } from './main.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command that this process was started for, and sets its exit code.
 *
 * @param environment The variables that the process was started with. Whoever calls has taken secrets out of
 *   `process.env`.
 */
export async function runProcess(
  environment: Place['environment'],
  given: Pick<Place, 'version' | 'pagesFolder' | 'loadTestKit'>,
): Promise<void> {
  // The reader of a report may close the pipe early (`| head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(1);
  });
  const code = await runCommand(process.argv.slice(2), {
    ...given,
    environment,
    terminal: processTerminal(),
    untilToldToEnd,
  });
  // The connection to the runtime would keep a provider's process alive; other commands end by themselves when their
  // work is done.
  if (process.argv[2] === 'provider') process.exit(code);
  process.exitCode = code;
}

function processTerminal(): Terminal {
  const isPerson = process.stdin.isTTY && process.stderr.isTTY;
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    ...(isPerson && { ask }),
  };
}

async function ask(question: string, suggestion: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(`${question}${suggestion && ` (${suggestion})`}: `);
  } finally {
    reader.close();
  }
}

function untilToldToEnd(): AbortSignal {
  const stop = new AbortController();
  // A second signal then ends the process at once.
  const stopListening = onToldToEnd(() => {
    stopListening();
    stop.abort();
  });
  return stop.signal;
}
