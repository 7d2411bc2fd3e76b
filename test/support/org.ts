import { ControlClient } from '../../sandbox/org/control/controlClient.ts';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import { startHosted } from './host/hosted.ts';
import { runningOrg, type WhereOrgIs } from './host/hostMessages.ts';
import { startNode } from './nodeProcess.ts';

/** An embedded org of its own, with its control API (`/__control`) open. */
export interface TestOrg {
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
  stop(): Promise<void>;
}

/** One that has a process to itself. */
export interface OrgProcess extends TestOrg {
  /** What the process has written to standard error so far. */
  complaints(): string;
}

/**
 * An embedded org on free ports, in the process that holds the orgs of this jest worker: it is there at once.
 * @throws Error with the org's own words when it cannot be.
 */
export async function startTestOrg(options: OrgOptions = {}): Promise<TestOrg> {
  const { org, stop } = await startHosted({ what: 'org', options: { ...options } });
  return { ...at(runningOrg.parse(org)), stop };
}

/**
 * Runs the embedded org as a process of its own, on free ports, as the command does.
 * @throws Error with the process's own words when it ends before it is ready.
 */
export async function startOrgProcess(options: OrgOptions = {}): Promise<OrgProcess> {
  const given = JSON.stringify({ control: true, ...options });
  const flags = ['--port', String(options.port ?? 0), '--exit-with-parent', '--options', given];
  const { output, onLine, exited, end } = startNode(['--import', 'tsx', 'sandbox/org/main.ts', ...flags]);
  const first = await Promise.race([new Promise<string>(onLine), exited]);
  if (typeof first !== 'string') throw new Error(`The embedded org did not start: ${output.stderr}`);
  return {
    ...at(runningOrg.parse(JSON.parse(first))),
    complaints: () => output.stderr,
    async stop() {
      await end();
    },
  };
}

function at({ url, port, httpsPort, ssoUrl }: WhereOrgIs): Omit<TestOrg, 'stop'> {
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
  };
}

/** An org that ends with its test file. */
export type OrgInUse = Omit<TestOrg, 'stop' | 'startOver'>;

/** One org for all tests of a file, which starts over before each. There from the first `beforeAll` on. */
export function useOrg(options: OrgOptions = {}): OrgInUse {
  let org: TestOrg;

  beforeAll(async () => {
    org = await startTestOrg(options);
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
  };
}
