import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';

export interface OrgProcess {
  url: string;
  port: number;
  httpsPort: number | undefined;
  /** Of the identity provider, when started with `sso`. */
  ssoUrl: string | undefined;
  control: ControlClient;
  /**
   * As if nobody had been there: no fault, no approval, nobody signed in at the org's pages, nothing counted, and the
   * clock that of this machine. Policies, users and apps stay as they are.
   */
  startOver(): Promise<void>;
  /** What the process has written to standard error so far. */
  complaints(): string;
  stop(): Promise<void>;
}

const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = ['--import', 'tsx', 'sandbox/org/main.ts'];
const readyLine = z.object({
  url: z.string(),
  port: z.number(),
  httpsPort: z.number().optional(),
  ssoUrl: z.string().optional(),
});

/**
 * Runs the embedded org as a process of its own, on free ports and with the control door open.
 * @throws Error with the process's own words when it ends before it is ready.
 */
export async function startOrgProcess(options: OrgOptions = {}): Promise<OrgProcess> {
  const given = JSON.stringify({ control: true, ...options });
  const child = spawn(
    process.execPath,
    [...program, '--port', String(options.port ?? 0), '--exit-with-parent', '--options', given],
    { cwd: repository, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), exited.then(() => undefined)]);
  if (first === undefined) throw new Error(`The embedded org did not start: ${complaints}`);
  const { url, port, httpsPort, ssoUrl } = readyLine.parse(JSON.parse(String(first[0])));
  const control = new ControlClient(`http://localhost:${port}`);
  return {
    url,
    port,
    httpsPort,
    ssoUrl,
    control,
    async startOver() {
      await control.clearFaults();
      await control.moveClock(Date.now() - (await control.moveClock(0)));
      await control.revokeRefreshTokens();
      await control.endBrowserSessions();
      await control.resetCounts();
    },
    complaints: () => complaints,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** An org that ends with its test file. */
export type OrgInUse = Omit<OrgProcess, 'stop' | 'startOver'>;

/** One org for all tests of a file, which starts over before each. There from the first `beforeAll` on. */
export function useOrg(options: OrgOptions = {}): OrgInUse {
  let org: OrgProcess;

  beforeAll(async () => {
    org = await startOrgProcess(options);
  });
  afterAll(() => org.stop());
  beforeEach(() => org.startOver());

  return {
    get url() {
      return org.url;
    },
    get port() {
      return org.port;
    },
    get httpsPort() {
      return org.httpsPort;
    },
    get ssoUrl() {
      return org.ssoUrl;
    },
    get control() {
      return org.control;
    },
    complaints: () => org.complaints(),
  };
}
