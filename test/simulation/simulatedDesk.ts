import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import type { OrgOptions } from '../../sandbox/org/orgOptions.ts';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import { channelName } from '../../src/channel/channelVersion.ts';
import { deferred } from '../../src/deferred.ts';
import type { ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import { createSignedOutMark } from '../../src/provider/signedOutMark.ts';
import {
  hasRememberedSessions,
  openRememberedSessions,
  type RememberedSessions,
} from '../../src/worker/rememberedSessions.ts';
import type { TokenWorker } from '../../src/worker/tokenWorker.ts';
import { plainEnvironment } from '../../src/worker/workerEnvironment.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { startTestOrg, type TestOrg } from '../support/org.ts';
import { defaultRedirectUri, morgan, OrgBrowser, type Arrival } from '../support/orgBrowser.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { DeskNetwork, type DeskProcess, type MidRenewal } from './deskNetwork.ts';
import { SimulatedApp, type Call } from './simulatedApp.ts';
import { SimulatedTime } from './simulatedTime.ts';

/** A browser that knows when a person saw a page: a window that passes through the org by itself shows none. */
class WatchedBrowser extends OrgBrowser {
  readonly prompts: number[] = [];
  readonly signIns: number[] = [];
  readonly #now: () => number;

  constructor(orgUrl: string, now: () => number) {
    super(orgUrl);
    this.#now = now;
  }

  override async signIn(...request: Parameters<OrgBrowser['signIn']>): Promise<URL> {
    this.signIns.push(this.#now());
    this.#isPrompted = false;
    const callback = await super.signIn(...request);
    if (this.#isPrompted) this.prompts.push(this.#now());
    return callback;
  }
  #isPrompted = false;

  override submit(...page: Parameters<OrgBrowser['submit']>): Promise<Arrival> {
    this.#isPrompted = true;
    return super.submit(...page);
  }
}

interface Provider {
  process: DeskProcess;
  worker: TokenWorker;
  endTimers(): void;
  closeStore(): Promise<void>;
}

interface DeskOptions {
  appCount: number;
  org: OrgOptions;
  configuration: Partial<ProviderConfigurationInput>;
  canSignInSilently: boolean;
}

export type SimulatedDesk = Awaited<ReturnType<typeof openSimulatedDesk>>;

const barId = 'bar';

/** What a store does is under way until it is done: sealing and writing take their own time. */
function counted(store: RememberedSessions, network: DeskNetwork): RememberedSessions {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    (...given: unknown[]): unknown => {
      const result = (method as (...given: unknown[]) => unknown)(...given);
      return result instanceof Promise ? network.during(result) : result;
    },
  ]);
  return Object.fromEntries(methods) as RememberedSessions;
}

/** One person's desk on a real org of its own: apps, the network, the clock, and a provider that can end and start. */
export async function openSimulatedDesk({ appCount, org: orgOptions, configuration, canSignInSilently }: DeskOptions) {
  const org: TestOrg = await startTestOrg(orgOptions);
  // Who is approved beforehand sees no approval page (docs/setting-up-salesforce.md).
  await org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true, approvedUsernames: [morgan.username] });
  const time: SimulatedTime = new SimulatedTime(
    (milliseconds) => org.control.moveClock(milliseconds),
    () => network.isQuiet(),
  );
  const network = new DeskNetwork(time.now);
  const browser = new WatchedBrowser(org.url, time.now);
  const bus = new ChannelBus();
  const calls: Call[] = [];
  const ids = Array.from({ length: appCount }, (_, index) => `app-${index + 1}`);
  const [bar, ...apps] = [barId, ...ids].map((uuid) => new SimulatedApp(uuid, { bus, now: time.now, calls }));
  const signedOut = createSignedOutMark();
  let provider: Provider | undefined;

  async function start(changes: Partial<ProviderConfigurationInput> = {}): Promise<void> {
    const process: DeskProcess = { isAlive: true };
    const stores: Promise<RememberedSessions>[] = [];
    let locked: Promise<unknown> = Promise.resolve();
    const { worker, endTimers } = await startProviderDesk(
      org.url,
      {
        ...configuration,
        orgs: [{ orgUrl: org.url, consumerKey: defaultConsumerKey, embedded: true }],
        allowedApps: [...ids.map((uuid) => ({ name: uuid, uuid })), { name: 'Bar', uuid: barId, role: 'platform' }],
        redirectUri: defaultRedirectUri,
        ...changes,
      },
      {
        fetch: network.fetchOf(process),
        nextTask: () => network.during(plainEnvironment.nextTask()),
        now: time.now,
        isOnline: () => network.isOnline,
        serverTime: async () => time.now(),
        alone(_name, work) {
          const result = locked.then(work);
          locked = result.catch(() => undefined);
          return result;
        },
        openRememberedSessions(clock) {
          const store = openRememberedSessions(clock).then((opened) => counted(opened, network));
          stores.push(store);
          return store;
        },
        hasRememberedSessions,
      },
      { bus, browser, signedOut, timers: time.timers, canSignInSilently },
    );
    const closeStore = async (): Promise<void> => {
      for (const store of stores) (await store).close();
    };
    provider = { process, worker, endTimers, closeStore };
  }

  /** The process is gone from one moment to the next, and whatever it was doing with it. */
  async function kill(): Promise<void> {
    const { process, endTimers, closeStore } = provider!;
    process.isAlive = false;
    endTimers();
    bus.crash(channelName);
    await closeStore();
    provider = undefined;
  }

  return {
    org,
    time,
    network,
    calls,
    apps: apps as readonly SimulatedApp[],
    /** The platform's own bar, with the button that signs out. */
    bar: bar!,
    /** When a person saw a page of the org. */
    prompts: browser.prompts,
    /** When a sign-in window was opened, whether or not the org stopped at a page in it. */
    signIns: browser.signIns,

    start,
    kill,

    /** The provider's page is closed in good order (`pagehide`). */
    async shutDown(): Promise<void> {
      await provider!.worker.shutDown();
      await kill();
    },

    /** Lets the next renewal be the last thing that the provider's process does. @returns when it has ended. */
    async killedMidRenewal(moment: MidRenewal): Promise<void> {
      const { promise, resolve } = deferred<void>();
      provider!.process.endsAt = { moment, onEnd: () => resolve() };
      await promise;
      await kill();
    },

    /** The machine wakes up, or its network is back: the worker is told, as its own script does it. */
    checkSessions: (): Promise<void> => provider!.worker.checkSessions(),
    /** What the worker's own heartbeat does. */
    renewOwed: (): Promise<void> => provider!.worker.renewOwed(),

    /** What is stored for the next start. */
    async stored(): Promise<{ grants: number; revocations: number }> {
      if (!(await hasRememberedSessions())) return { grants: 0, revocations: 0 };
      const database = await openDB('salesforce-interop', 1);
      const [grants, revocations] = await Promise.all([database.count('grants'), database.count('revocations')]);
      database.close();
      return { grants, revocations };
    },

    async close(): Promise<void> {
      if (provider) await kill();
      await org.stop();
    },
  };
}
