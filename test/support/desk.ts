import { freePorts as findFreePorts } from '../../sandbox/desk/freePorts.ts';
import { siteOrigins, type SiteName } from '../../sandbox/desk/sites.ts';
import { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import { startNode } from './nodeProcess.ts';

export interface Desk {
  url: string;
  orgUrl: string;
  origins: Record<SiteName, string>;
  control: ControlClient;
  /** What the command printed so far. */
  output: () => string;
  /** Ends it as it does when its parent goes away. @returns its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as Ctrl-C does on POSIX systems. @returns its exit code. */
  interrupt(): Promise<number | null>;
}

export interface DeskOptions {
  providerOptions?: Record<string, unknown>;
  orgOptions?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** The first of the seven free ports that it takes, for who has to know its origins before it is there. */
  port?: number;
}

/** Runs what `npm start` runs, on free ports and with the org's control API (`/__control`) open. */
export async function startDesk({
  providerOptions = {},
  orgOptions = {},
  environment = {},
  port: given,
}: DeskOptions = {}): Promise<Desk> {
  const port = given ?? (await freePorts(7));
  const orgPort = port + 1;
  const { output, onLine, exited, end, signal } = startNode(['scripts/start.mjs'], {
    environment: {
      PORT: String(port),
      ORG_PORT: String(orgPort),
      SANDBOX_CONTROL: '1',
      SANDBOX_EXIT_WITH_PARENT: '1',
      SANDBOX_PROVIDER_OPTIONS: JSON.stringify(providerOptions),
      SANDBOX_ORG_OPTIONS: JSON.stringify(orgOptions),
      ...environment,
    },
  });
  const said = (): string => output.stderr + output.stdout;
  const ready = new Promise<void>((resolve) => onLine((line) => line.startsWith('Ready: ') && resolve()));
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(`The desk did not start:\n${said()}`)))]);
  return {
    url: `http://localhost:${port}/`,
    orgUrl: `http://localhost:${orgPort}`,
    origins: Object.fromEntries(
      siteOrigins({ port, orgPort }).map(({ name, origin }) => [name, origin]),
    ) as Desk['origins'],
    control: new ControlClient(`http://localhost:${orgPort}`),
    output: said,
    stop: end,
    interrupt: () => signal('SIGINT'),
  };
}

const firstPort = 20_000;
const portsOfWorker = 1_500;
const workers = 8;

/** The first of `count` free ports in a row, out of a range that other workers of the same test run stay out of. */
export function freePorts(count: number): Promise<number> {
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 1) % workers;
  return findFreePorts(count, { first: firstPort + worker * portsOfWorker, count: portsOfWorker });
}
