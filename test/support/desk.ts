import { freePorts as findFreePorts } from '../../sandbox/desk/freePorts.ts';
import { siteOrigins, type SiteName } from '../../sandbox/desk/sites.ts';
import { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import { startHosted } from './host/hosted.ts';
import { startNode } from './nodeProcess.ts';

export interface Desk {
  url: string;
  orgUrl: string;
  origins: Record<SiteName, string>;
  control: ControlClient;
  /** What has been written since it was started. */
  log(): Promise<string>;
  stop(): Promise<unknown>;
}

/** The command that people start. */
export interface DeskProcess extends Desk {
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

/** A desk on free ports, in the process that holds the orgs and desks of this jest worker: it is there at once. */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const { variables, ...place } = await placed(options);
  const { log, stop } = await startHosted({ what: 'desk', variables });
  return { ...place, log, stop };
}

/** Runs what `npm start` runs, on free ports, as a process of its own. */
export async function startDeskProcess(options: DeskOptions = {}): Promise<DeskProcess> {
  const { variables, ...place } = await placed(options);
  const { output, onLine, exited, end, signal } = startNode(['scripts/start.mjs'], { environment: variables });
  const said = (): string => output.stderr + output.stdout;
  const ready = new Promise<void>((resolve) => onLine((line) => line.startsWith('Ready: ') && resolve()));
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(`The desk did not start:\n${said()}`)))]);
  return { ...place, log: async () => said(), stop: end, interrupt: () => signal('SIGINT') };
}

/** Where a desk will be, with its org's control API (`/__control`) open, and the variables that make it so. */
async function placed({ providerOptions = {}, orgOptions = {}, environment = {}, port: given }: DeskOptions) {
  const port = given ?? (await freePorts(7));
  const orgPort = port + 1;
  const orgUrl = `http://localhost:${orgPort}`;
  const origins = siteOrigins({ port, orgPort }).map(({ name, origin }) => [name, origin]);
  return {
    variables: {
      PORT: String(port),
      ORG_PORT: String(orgPort),
      SANDBOX_CONTROL: '1',
      SANDBOX_EXIT_WITH_PARENT: '1',
      SANDBOX_PROVIDER_OPTIONS: JSON.stringify(providerOptions),
      SANDBOX_ORG_OPTIONS: JSON.stringify(orgOptions),
      ...environment,
    },
    url: `http://localhost:${port}/`,
    orgUrl,
    origins: Object.fromEntries(origins) as Desk['origins'],
    control: new ControlClient(orgUrl),
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
