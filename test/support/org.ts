import { z } from 'zod';
import { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import { startNode } from './nodeProcess.ts';

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

const readyLine = z.object({
  url: z.string(),
  port: z.number(),
  httpsPort: z.number().optional(),
  ssoUrl: z.string().optional(),
});

/**
 * Runs the embedded org as a process of its own, on free ports and with its control API (`/__control`) open.
 * @throws Error with the process's own words when it ends before it is ready.
 */
export async function startOrgProcess(options: OrgOptions = {}): Promise<OrgProcess> {
  const given = JSON.stringify({ control: true, ...options });
  const flags = ['--port', String(options.port ?? 0), '--exit-with-parent', '--options', given];
  const { output, onLine, exited, end } = startNode(['--import', 'tsx', 'sandbox/org/main.ts', ...flags]);
  const first = await Promise.race([new Promise<string>(onLine), exited]);
  if (typeof first !== 'string') throw new Error(`The embedded org did not start: ${output.stderr}`);
  const { url, port, httpsPort, ssoUrl } = readyLine.parse(JSON.parse(first));
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
    complaints: () => output.stderr,
    async stop() {
      await end();
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
