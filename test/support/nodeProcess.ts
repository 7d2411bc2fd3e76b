import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface NodeProcessOptions {
  /** The repository, when left out. */
  folder?: string;
  /** Variables besides those of this process. */
  environment?: Readonly<Record<string, string>>;
}

/** A program of Node.js that goes on until it is told to end. */
export interface NodeProcess {
  /** What it has written so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** Calls with each line of its standard output, from now on. */
  onLine(listener: (line: string) => void): void;
  /** Its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /**
   * Has it end in good order, on every system: its standard input and its IPC channel are closed, one of which each
   * program of this project takes as the end of its parent. A signal would do so on POSIX systems only: on Windows it
   * ends a process at once.
   *
   * @returns its exit code.
   */
  end(): Promise<number | null>;
  /** Sends a signal, unless it has ended. @returns its exit code, once it has ended. */
  signal(signal: NodeJS.Signals): Promise<number | null>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));

function settings({ folder = repository, environment = {} }: NodeProcessOptions) {
  // A child of jest's worker would take over its flags.
  const { NODE_OPTIONS: _ofJest, ...inherited } = process.env;
  return { cwd: folder, env: { ...inherited, ...environment } };
}

const exitOf = async (child: ChildProcess): Promise<number | null> =>
  ((await once(child, 'exit')) as [number | null])[0];

/** Starts a program of Node.js. @param args Of `node`: the script and its arguments, or flags before them. */
export function startNode(args: readonly string[], options: NodeProcessOptions = {}): NodeProcess {
  const child = spawn(process.execPath, args, { ...settings(options), stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const exited = exitOf(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => (output[name] += chunk));
  return {
    output,
    onLine(listener) {
      let rest = '';
      child.stdout!.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop()!;
        lines.forEach(listener);
      });
    },
    exited,
    end() {
      child.stdin!.end();
      if (child.connected) child.disconnect();
      return exited;
    },
    signal(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return exited;
    },
  };
}

/** Runs a program of Node.js, with nothing on its standard input, until it ends by itself. */
export async function runNode(
  args: readonly string[],
  options: NodeProcessOptions = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, args, settings(options));
  child.stdin.end();
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  return { status, stdout, stderr };
}
