import type { ControlClient } from '../org/control/controlClient.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import type { OrgOptions } from '../org/orgOptions.ts';
import { demoUsers, type DemoUser } from '../org/seed/demoUsers.ts';
import { startOrg as start } from '../org/server.ts';

/** Options of the embedded org; every one has a default. */
export type TestOrgOptions = Omit<OrgOptions, 'control'>;

/** An embedded org that runs in this process. */
export interface TestOrg {
  /** Where browsers and clients reach it, without a slash at the end. */
  url: string;
  /** Consumer key of its public app, or of the first of `clients`. */
  consumerKey: string;
  /** Who can sign in. The first is an administrator, the second sees and may change less, the third is locked. */
  users: readonly DemoUser[];
  /** Expires tokens, injects faults, changes policies, moves the clock, counts requests. */
  control: ControlClient;
  /** Port of the TLS listener, with `https`. */
  httpsPort: number | undefined;
  /** Where its identity provider is, with `sso`. */
  ssoUrl: string | undefined;
  /** Ends it, with all connections. Its data is gone. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded Salesforce org in this process, with sample data, on a free port of 127.0.0.1.
 *
 * @param options `allowedOrigins` and `redirectUris` are what a page needs to sign in at it.
 * @throws {OptionError} that names the option which is wrong; an error with `code` EADDRINUSE when a port that was
 *   asked for is taken.
 */
export async function startOrg(options: TestOrgOptions = {}): Promise<TestOrg> {
  const { url, httpsPort, ssoUrl, control, close } = await start({ ...options, control: true });
  return {
    url,
    consumerKey: options.clients?.[0]?.consumerKey ?? defaultConsumerKey,
    users: demoUsers,
    control: control!,
    httpsPort,
    ssoUrl,
    stop: close,
  };
}
