import type { DesktopAgent } from '@finos/fdc3';
import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { DemoUser } from '../../sandbox/org/seed/demoUsers.ts';
import { channelName, protocolVersion } from '../../src/channel/channelVersion.ts';
import { success, type Outcome } from '../../src/outcomes/failure.ts';
import { failureSchema, providerReplies, type Notice, type ProviderAction } from '../../src/channel/protocol.ts';
import type { AuditRecord } from '../../src/provider/audit.ts';
import { parseConfiguration, type ProviderConfigurationInput } from '../../src/provider/configuration.ts';
import type { Host, SignInWindowRequest } from '../../src/provider/hosts/host.ts';
import { createSignedOutMark, type SignedOutMark } from '../../src/provider/signedOutMark.ts';
import { startProvider } from '../../src/provider/startProvider.ts';
import { systemTimers, type Timers } from '../../src/time.ts';
import type { WorkerEnvironment } from '../../src/worker/workerEnvironment.ts';
import { createTokenWorker } from '../../src/worker/tokenWorker.ts';
import { ChannelBus } from '../../sandbox/container/channelBus.ts';
import { environmentUntilTestEnd, testEnd, timersUntilTestEnd } from './endWithTest.ts';
import { defaultRedirectUri, morgan, OrgBrowser } from './orgBrowser.ts';

/**
 * What a person does with the sign-in window: signs in, closes it, cancels, nothing at all, or signs in where the last
 * page closes it.
 */
export type Person = DemoUser | 'closes' | 'cancels' | 'waits' | 'signsInAndItCloses';

/** A provider of one test. */
export type ProviderDesk = Awaited<ReturnType<typeof startProviderDesk>>;
/** An app's connection to the provider's channel. */
export type ProviderApp = Awaited<ReturnType<ProviderDesk['app']>>;

/**
 * The whole provider in this process, on the real worker and a real org, until the test ends. Its windows are a
 * script-less browser steered by `desk.person`.
 */
export async function startProviderDesk(
  orgUrl: string,
  options: Partial<ProviderConfigurationInput> = {},
  environment: Partial<WorkerEnvironment> = {},
  place: {
    canSignInSilently?: boolean;
    browser?: OrgBrowser;
    /** By origin, for each further org; one that is missing is made when it is needed. */
    otherBrowsers?: Map<string, OrgBrowser>;
    signedOut?: SignedOutMark;
    bus?: ChannelBus;
    timers?: Timers;
    agent?: DesktopAgent;
  } = {},
) {
  const bus = place.bus ?? new ChannelBus();
  const desk = {
    person: morgan as Person,
    unseen: 0,
    windows: [] as SignInWindowRequest[],
    closed: [] as string[],
    closing: undefined as Promise<void> | undefined,
    audit: [] as AuditRecord[],
    causes: [] as { correlationId: string; cause: unknown }[],
    views: [] as { viewId: string; title: string; close: () => void }[],
    notices: [] as Notice[],
  };
  const browser = place.browser ?? new OrgBrowser(orgUrl);
  const otherBrowsers = place.otherBrowsers ?? new Map<string, OrgBrowser>();
  function browserOf(url: string): OrgBrowser {
    const { origin } = new URL(url);
    if (origin === orgUrl) return browser;
    const other = otherBrowsers.get(origin) ?? new OrgBrowser(origin);
    otherBrowsers.set(origin, other);
    return other;
  }
  const end = testEnd();
  const host: Host = {
    channels: bus.runtime({ uuid: 'provider', name: 'provider' }).InterApplicationBus
      .Channel as unknown as Host['channels'],
    ticketUrl: undefined,
    redeemTicket: () => ({ refused: 'unknown' }),
    vouchFor: async ({ uuid, name }) => ({ kind: 'runtime', uuid, name }),
    canSignInSilently: place.canSignInSilently ?? false,
    async openSignInWindow(request, onRedirect) {
      if (!request.visible) {
        desk.unseen += 1;
        const { callback } = await browserOf(request.url).open(request.url);
        if (callback) onRedirect(callback.href);
        return success({
          ended: callback ? new Promise(() => undefined) : Promise.resolve('unattended'),
          close: async () => undefined,
        });
      }
      desk.windows.push(request);
      const { person } = desk;
      let ended: Promise<'closed' | 'cancelled'> = new Promise(() => undefined);
      const signIn = async (user: DemoUser) =>
        onRedirect((await browserOf(request.url).signIn(request.url, user)).href);
      if (person === 'closes') ended = Promise.resolve('closed');
      else if (person === 'cancels') ended = Promise.resolve('cancelled');
      else if (person === 'signsInAndItCloses') ended = signIn(morgan).then(() => 'closed');
      // A sign-in that the test has not waited for may be cut short by its end.
      else if (person !== 'waits')
        void signIn(person).catch((error: unknown) => {
          if (!end.aborted) throw error;
        });
      return success({
        ended,
        close: async () => {
          desk.closed.push(request.signInId);
          await desk.closing;
        },
      });
    },
    async openRecordView({ viewId, title }, onClosed) {
      desk.views.push({ viewId, title, close: onClosed });
      return success({ bringToFront: async () => true, close: async () => undefined });
    },
    tellPerson: async (notice) => void desk.notices.push(notice),
    desktopAgent: async () =>
      place.agent ??
      ({ addIntentListener: async () => ({ unsubscribe: async () => undefined }) } as unknown as DesktopAgent),
  };
  const configuration = parseConfiguration({
    orgs: [{ orgUrl, consumerKey: defaultConsumerKey, embedded: true }],
    redirectUri: defaultRedirectUri,
    recordViewUrl: 'http://localhost:7076/',
    extraOrgOrigins: [orgUrl],
    lingerMs: 1_000,
    allowedApps: [
      { name: 'Blotter', uuid: 'blotter', scopes: ['web'] },
      { name: 'Notes', uuid: 'notes', scopes: ['web', 'openid'] },
      { name: 'Record view', uuid: 'record-view', role: 'recordView' },
      { name: 'Bar', uuid: 'bar', role: 'platform' },
    ],
    ...options,
  });
  const signedOut = place.signedOut ?? createSignedOutMark();
  const worker = createTokenWorker(
    environmentUntilTestEnd({ serverTime: async () => (environment.now ?? Date.now)(), ...environment }),
  );
  const timers = timersUntilTestEnd(place.timers ?? systemTimers);
  await startProvider({
    configuration,
    host,
    worker,
    signInReturnChannel: 'unused',
    devicePageUrl: 'http://localhost:7072/device.html',
    signedOut,
    audit: {
      write: (record) => desk.audit.push(record),
      reportCause: (correlationId, cause) => desk.causes.push({ correlationId, cause }),
    },
    timers,
  });

  /** An app's connection to the provider's channel, which has sent `hello` unless that is switched off. */
  async function app(uuid: string, { hello = true } = {}) {
    const channel = await bus.runtime({ uuid, name: uuid }).InterApplicationBus.Channel.connect(channelName);
    const told: { action: string; payload: unknown }[] = [];
    for (const action of ['state', 'platform.statusChanged'])
      channel.register(action, (payload) => void told.push({ action, payload }));
    const ask = async <T = Record<string, never>>(action: string, payload: object = {}) => {
      const outcome = (await channel.dispatch(action, payload)) as Outcome<T>;
      // Whatever a test asks, the answer is as `docs/protocol.md` promises it.
      if (outcome.ok) providerReplies[action as ProviderAction].parse(outcome.data);
      else failureSchema.parse(outcome.error);
      return outcome;
    };
    const greeting = hello
      ? await ask('hello', { protocol: protocolVersion, client: { name: 'test', version: '1' } })
      : undefined;
    return { ask, told, greeting, identity: channel.identity, disconnect: () => channel.disconnect() };
  }

  /** What the page of an app finds as `fin`. */
  const fin = (identity: { uuid: string; name: string }) => bus.runtime(identity);

  return { desk, app, fin, browser, worker, endTimers: timers.end };
}
