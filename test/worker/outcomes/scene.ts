import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import type { Fault, FaultPlace } from '../../../sandbox/org/control/controlClient.ts';
import type { Failure, Outcome } from '../../../src/outcomes/failure.ts';
import type { WorkerSettingsInput } from '../../../src/worker/settings.ts';
import type { WorkerEnvironment } from '../../../src/worker/workerEnvironment.ts';
import type { TokenWorker, WorkerSession } from '../../../src/worker/tokenWorker.ts';
import type { TestOrg } from '../../support/org.ts';
import { alex, defaultRedirectUri, morgan, OrgBrowser } from '../../support/orgBrowser.ts';
import { decideOnSecondDevice } from '../../support/secondDevice.ts';
import { configuredWorker, must } from '../../support/workerSession.ts';

export const codeLifeMs = 600_000;

export interface SceneOptions {
  settings?: Partial<WorkerSettingsInput>;
  org?: Partial<WorkerSettingsInput['orgs'][number]>;
  environment?: Partial<WorkerEnvironment>;
}

export interface SignInActs {
  scopes?: string[];
  interaction?: 'allowed' | 'none';
  decision?: 'allow' | 'deny';
  /** Between the worker's start and the authorize page. */
  atAuthorize?: (authorizeUrl: string) => unknown;
  /** What becomes of the redirect on its way back. */
  redirected?: (redirect: URL) => void;
  /** Between the redirect and the code's exchange. */
  atCode?: () => unknown;
}

/** One worker on a real org, and what befalls them. */
export class Scene {
  readonly org: TestOrg;
  readonly lost: { sessionId: string; why: Failure }[] = [];
  readonly recovered: string[] = [];
  readonly troubles: string[] = [];
  worker!: TokenWorker;
  /** The session that it is about. */
  sessionId: string | undefined;
  isOnline = true;
  /** By how much both clocks, this machine's and the org's, are ahead. */
  aheadMs = 0;
  pauses: number[] = [];
  /** What happens in the worker's pauses while it waits for a device's code to be entered. */
  inPause: (count: number) => unknown = () => undefined;

  private constructor(org: TestOrg) {
    this.org = org;
  }

  static async set(org: TestOrg, { settings, org: orgSettings, environment }: SceneOptions = {}): Promise<Scene> {
    const scene = new Scene(org);
    const { control } = org;
    await control.clearFaults();
    await control.setRefreshTokenRotation(true);
    await control.setPolicy({ apiEnabled: true, dpopNonces: false });
    await control.setApp(defaultConsumerKey, {
      redirectUris: [defaultRedirectUri],
      installed: true,
      blocked: false,
      adminApprovedOnly: false,
      deviceFlow: true,
      dpop: 'allowed',
      secret: null,
    });
    for (const { username } of [morgan, alex]) {
      await control.setUser(username, {
        locked: false,
        frozen: false,
        active: true,
        apiEnabled: true,
        ipRestricted: false,
      });
    }
    await control.moveClock(Date.now() - (await control.moveClock(0)));
    await control.revokeRefreshTokens();
    await control.resetCounts();
    scene.worker = await configuredWorker(org.url, {
      isOnline: () => scene.isOnline,
      now: () => Date.now() + scene.aheadMs,
      delay: (ms, signal) => scene.#delay(ms, signal),
      onSessionLost: (sessionId, why) => scene.lost.push({ sessionId, why }),
      onSessionRecovered: (sessionId) => scene.recovered.push(sessionId),
      onTrouble: ({ kind }) => scene.troubles.push(kind),
      ...(settings && { settings }),
      ...(orgSettings && { org: orgSettings }),
      ...environment,
    });
    return scene;
  }

  /** Lets the org's requests meet a fault from now on. */
  meet(fault: Fault, where: FaultPlace): Promise<string> {
    return this.org.control.injectFault(fault, { times: 'always', ...where });
  }

  async pass(ms: number): Promise<void> {
    this.aheadMs += ms;
    await this.org.control.moveClock(ms);
  }

  /** The web server flow; both the sign-in's outcome and that of handing its redirect over count. */
  async signIn({
    scopes = ['api', 'refresh_token'],
    interaction = 'allowed',
    decision = 'allow',
    ...acts
  }: SignInActs = {}): Promise<Outcome<WorkerSession>> {
    const started = await this.worker.startSignIn({
      orgUrl: this.org.url,
      consumerKey: defaultConsumerKey,
      scopes,
      interaction,
    });
    if (!started.ok) return started;
    const { signInId, authorizeUrl } = started.data;
    await acts.atAuthorize?.(authorizeUrl);
    const redirect = await this.#throughPages(authorizeUrl, decision);
    acts.redirected?.(redirect);
    await acts.atCode?.();
    const delivered = await this.worker.deliverRedirect(redirect.href);
    if (delivered.ok) return this.worker.waitForSignIn(signInId);
    await this.worker.abandonSignIn(signInId);
    return delivered;
  }

  /** The device flow; the person decides in the pause with the given number. */
  async signInByDevice(
    acts: (count: number) => unknown = () => undefined,
    { decision = 'allow' as 'allow' | 'deny' | 'nothing', decidedIn = 1 } = {},
  ): Promise<Outcome<WorkerSession>> {
    this.pauses = [];
    let code: Promise<string> | undefined;
    const started = this.worker.startDeviceSignIn({
      orgUrl: this.org.url,
      consumerKey: defaultConsumerKey,
      scopes: ['api', 'refresh_token'],
    });
    code = started.then((outcome) => must(outcome).userCode);
    code.catch(() => undefined);
    this.inPause = async (count) => {
      await acts(count);
      if (count === decidedIn && decision !== 'nothing') await decideOnSecondDevice(this.org.url, await code, decision);
    };
    const outcome = await started;
    return outcome.ok ? this.worker.waitForSignIn(outcome.data.signInId) : outcome;
  }

  async tokenRequests(grantType: string): Promise<number> {
    return (await this.org.control.counts()).tokenRequests[grantType] ?? 0;
  }

  async requests(name: string): Promise<number> {
    return (await this.org.control.counts()).requests[name] ?? 0;
  }

  async #delay(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.pauses.push(ms);
    await this.inPause(this.pauses.length);
    await this.pass(ms);
  }

  async #throughPages(authorizeUrl: string, decision: 'allow' | 'deny'): Promise<URL> {
    const browser = new OrgBrowser(this.org.url);
    if (decision === 'allow') return browser.signIn(authorizeUrl);
    const approval = await browser.submit((await browser.open(authorizeUrl)).page!, {
      username: morgan.username,
      password: morgan.password,
    });
    return (await browser.submit(approval.page!, { decision })).callback!;
  }
}

/** What brings an outcome about. */
export interface Trouble extends SceneOptions {
  /** Told apart from the others of the same row. */
  when?: string;
  /** Makes it go wrong, and stay so. */
  cause: (scene: Scene) => unknown;
  /** Puts it right; faults are taken away in any case. */
  cure?: (scene: Scene) => unknown;
  /** What a person reads where it is not the table's sentence. */
  message?: string | RegExp;
}

export async function cure(scene: Scene, trouble: Trouble): Promise<void> {
  await scene.org.control.clearFaults();
  scene.isOnline = true;
  await trouble.cure?.(scene);
}
