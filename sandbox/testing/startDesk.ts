import { PortTakenError } from '../../src/sites/serve/serveSites.ts';
import type { AppConfiguration } from '../../src/sites/pageConfiguration.ts';
import type { AddedApp } from '../desk/environment.ts';
import { freePorts } from '../desk/freePorts.ts';
import { openDesk, type OpenDesk } from '../desk/openDesk.ts';
import { siteNames } from '../desk/sites.ts';
import type { ControlClient } from '../org/control/controlClient.ts';
import { demoUsers, type DemoUser } from '../org/seed/demoUsers.ts';
import type { TestOrgOptions } from './startOrg.ts';

export interface TestDeskOptions {
  /** Apps on the desktop. Those with `usesSalesforce: true` may use the connection. */
  apps?: readonly AddedApp[];
  /** Whether the sample apps (Contacts, Account 360, Messages) are there too. Default true. */
  samples?: boolean;
  /** Options of the embedded org. */
  org?: Omit<TestOrgOptions, 'port'>;
  /** Further members of the provider's configuration, as under `salesforce` in a desktop's configuration. */
  provider?: Readonly<Record<string, unknown>>;
}

/** A desktop that runs in this process. */
export interface TestDesk {
  /** The platform page, to be opened in a browser. */
  url: string;
  /** Where each site is: `platform`, `provider`, `record-view`, and every app that the desk serves, by its appId. */
  origins: Readonly<Record<string, string>>;
  /** What a page needs to join, as the desk's own pages read it from their `/config.json`. */
  joins: AppConfiguration;
  org: { url: string; users: readonly DemoUser[]; control: ControlClient };
  /** Ends org and sites, with all connections. */
  stop(): Promise<void>;
}

/** Ports of the platform and the org, before those of the other sites. */
const ownPorts = siteNames.length + 1;
/** Between the look for free ports and their use another program may take one. */
const tries = 5;

/**
 * Starts a whole desktop in this process, on free ports of 127.0.0.1: embedded org, HERE Core Web platform, provider,
 * record view, sample apps and the apps to be tested. Any number of desks can run at a time.
 *
 * @throws {ConfigurationError} that names what an app's entry or the provider's configuration has wrong;
 *   {OptionError} for the org's options; {PortTakenError} when no ports could be had. Nothing runs then.
 */
export async function startDesk({
  apps = [],
  samples = true,
  org = {},
  provider = {},
}: TestDeskOptions = {}): Promise<TestDesk> {
  const {
    sites,
    org: running,
    close,
  } = await openOnFreePorts(ownPorts + apps.length, (port) => ({
    port,
    orgPort: port + 1,
    realOrg: undefined,
    control: true,
    contacts: undefined,
    samples,
    apps,
    orgOptions: { ...org },
    providerOptions: { ...provider },
  }));
  const origins = Object.fromEntries(sites.map(({ name, origin }) => [name, origin]));
  return {
    url: `${origins['platform']}/`,
    origins,
    joins: sites.find(({ name }) => name === 'record-view')!.documents['/config.json'] as AppConfiguration,
    org: { url: running!.url, users: demoUsers, control: running!.control! },
    stop: close,
  };
}

async function openOnFreePorts(
  count: number,
  environmentAt: (port: number) => Parameters<typeof openDesk>[0],
): Promise<OpenDesk> {
  for (let left = tries; ; left -= 1) {
    try {
      return await openDesk(environmentAt(await freePorts(count)));
    } catch (error) {
      if (!(error instanceof PortTakenError) || left === 1) throw error;
    }
  }
}
