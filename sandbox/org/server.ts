import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import Koa from 'koa';
import { OrgClock } from './clock.ts';
import { ControlClient } from './control/controlClient.ts';
import { createControlRoutes } from './control/createControlRoutes.ts';
import { TrafficControl } from './control/trafficControl.ts';
import { createCors } from './cors.ts';
import { createOrgDatabase, type SeededOrgDatabase } from './database/createOrgDatabase.ts';
import type { OrgDatabase } from './database/orgDatabase.ts';
import { answerUnreadable, behindGate, serverOptions } from './http/requestGate.ts';
import { createSecureListener } from './https/secureServer.ts';
import { createIdentityProvider } from './identityProvider/createIdentityProvider.ts';
import { createLightningPage } from './lightning/createLightningPage.ts';
import { createNotOffered } from './notOffered/createNotOffered.ts';
import { createTokenGrantLookup } from './oauth/accessTokenLookup.ts';
import { AppRegistry } from './oauth/appRegistry.ts';
import { createOAuthRoutes } from './oauth/createOAuthRoutes.ts';
import { defaultClients } from './oauth/defaultClients.ts';
import { DeviceRequests } from './oauth/deviceFlow/deviceRequests.ts';
import { DpopProofs } from './oauth/dpop/dpopProofs.ts';
import type { OAuthState } from './oauth/oauthState.ts';
import { PendingLogins } from './oauth/pendingLogins.ts';
import { RememberedConsents } from './oauth/rememberedConsents.ts';
import { refreshTokenExpiry } from './oauth/refreshTokenPolicy.ts';
import { SecretJournal } from './oauth/secretJournal.ts';
import { SingleSignOn } from './oauth/singleSignOn.ts';
import { TokenStore } from './oauth/tokenStore.ts';
import { createUserDirectory, type UserDirectory } from './oauth/userDirectory.ts';
import { organizationId } from './organization.ts';
import { parseOptions } from './optionError.ts';
import { orgOptionsSchema, type OrgOptions, type OrgSettings } from './orgOptions.ts';
import { createPageNotFound } from './pageNotFound.ts';
import { createPublicOrigin, publicOriginOf } from './publicOrigin.ts';
import { createRestApi } from './rest/createRestApi.ts';
import type { OnUnexpectedError } from './rest/dispatch.ts';
import { demoUsers } from './seed/demoUsers.ts';

export interface RunningOrg {
  /** Public URL, without trailing slash. */
  url: string;
  port: number;
  httpsPort: number | undefined;
  /** Public URL of the identity provider, when the org offers single sign-on. */
  ssoUrl: string | undefined;
  database: OrgDatabase;
  /** Present when started with `control: true`. */
  control: ControlClient | undefined;
  close(): Promise<void>;
}

/**
 * Starts the embedded Salesforce org on 127.0.0.1.
 * @throws OptionError about an option that is wrong; the listen error (`EADDRINUSE`) when a port is taken.
 */
export async function startOrg(options: OrgOptions = {}): Promise<RunningOrg> {
  const settings = parseOptions(orgOptionsSchema, options);
  const servers: OpenServer[] = [];
  const open = (server: Server, endConnections: () => void, port: number): Promise<number> => {
    servers.push({ server, endConnections });
    return listen(server, port);
  };
  const openPlain = (listener: RequestListener, port: number): Promise<number> => {
    const server = createServer(serverOptions, listener);
    answerUnreadable(server);
    return open(server, () => server.closeAllConnections(), port);
  };
  const openSecure = async (listener: RequestListener, port: number): Promise<number> => {
    const { server, endConnections } = await createSecureListener(listener, settings.http2);
    return open(server, endConnections, port);
  };
  try {
    // Ports first: a busy one is then known at once, and early requests wait for the sample data.
    const [org, identityProvider] = [waitingListener(), waitingListener()];
    const port = await openPlain(org.listener, settings.port);
    const httpsPort = settings.https ? await openSecure(org.listener, settings.httpsPort) : undefined;
    const ssoPort = settings.sso ? await openPlain(identityProvider.listener, settings.ssoPort) : undefined;
    const sso = ssoPort === undefined ? undefined : new SingleSignOn(settings.ssoUrl ?? `http://localhost:${ssoPort}`);
    const { app, database, users, end } = await createOrg(settings, sso);
    org.answerWith(app);
    if (sso) identityProvider.answerWith(createIdentityProvider(sso, users));
    const url = settings.orgUrl === undefined ? `http://localhost:${port}` : new URL(settings.orgUrl).origin;
    const control = settings.control ? new ControlClient(`http://localhost:${port}`) : undefined;
    const close = async (): Promise<void> => {
      await closeAll(servers);
      end();
    };
    return { url, port, httpsPort, ssoUrl: sso?.url, database, control, close };
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
}

/** A listener that holds requests back until it is given the handler that answers them. */
function waitingListener(): { listener: RequestListener; answerWith(app: Koa): void } {
  let answer: (handler: RequestListener) => void = () => undefined;
  const handler = new Promise<RequestListener>((resolve) => (answer = resolve));
  return {
    listener: behindGate((request, response) => void handler.then((handle) => handle(request, response))),
    answerWith: (app) => answer(app.callback()),
  };
}

async function createOrg(
  settings: OrgSettings,
  sso: SingleSignOn | undefined,
): Promise<{ app: Koa; database: SeededOrgDatabase; users: UserDirectory; end: () => void }> {
  const clock = new OrgClock();
  const database = await createOrgDatabase({
    now: clock.now,
    ...(settings.contacts === undefined ? {} : { size: { contacts: settings.contacts } }),
  });
  const traffic = new TrafficControl();
  const state = { ...createOAuthState(settings, clock, database, traffic), sso };
  // What still waits in it then (latency, a fault) has nobody left to answer.
  let hasEnded = false;
  const app = createApp(state, database, traffic, (error, errorId) => {
    if (!hasEnded) console.error(`REST API error ${errorId}`, error);
  });
  const end = (): void => {
    hasEnded = true;
    app.silent = true;
    database.close();
  };
  return { database, users: state.users, app, end };
}

function createOAuthState(
  settings: OrgSettings,
  clock: OrgClock,
  database: OrgDatabase,
  traffic: TrafficControl,
): Omit<OAuthState, 'sso'> {
  const journal = new SecretJournal();
  const consents = new RememberedConsents();
  const apps = new AppRegistry(settings.clients ?? defaultClients(settings.redirectUris));
  return {
    settings,
    clock,
    journal,
    apps,
    users: createUserDirectory(database, demoUsers),
    tokens: new TokenStore({
      now: clock.now,
      journal,
      session: () => ({ timeoutMs: settings.accessTokenLifetimeMs, isSliding: settings.sessionTimeout === 'sliding' }),
      onLastApprovalRevoked: (userId, consumerKey) => consents.forget(userId, consumerKey),
      refreshTokenExpiry: (consumerKey, times) =>
        refreshTokenExpiry(apps.find(consumerKey)?.refreshTokenPolicy ?? { kind: 'until-revoked' }, times),
    }),
    consents,
    logins: new PendingLogins(),
    devices: new DeviceRequests(clock.now),
    dpop: new DpopProofs({ now: clock.now, requiresNonce: () => settings.dpopNonces }),
    onTokenRequest: traffic.counts.countTokenRequest,
  };
}

function createApp(
  state: OAuthState,
  database: SeededOrgDatabase,
  traffic: TrafficControl,
  onUnexpectedError: OnUnexpectedError,
): Koa {
  const { settings } = state;
  const app = new Koa({ proxy: true });
  app.use(createPublicOrigin(settings.orgUrl));
  if (settings.control) {
    app.use(createControlRoutes(state, traffic).routes());
    app.use(traffic.onArrival);
  }
  app.use(
    createCors({
      allowedOrigins: settings.allowedOrigins,
      oauthEndpoints: settings.corsForOAuthEndpoints,
      dpop: settings.corsForDpop,
      maxAgeSeconds: settings.corsMaxAgeSeconds,
    }),
  );
  if (settings.control) app.use(traffic.inOrg);
  app.use(createOAuthRoutes(state).routes());
  app.use(createLightningPage(settings));
  const findTokenGrant = createTokenGrantLookup(state);
  app.use(createNotOffered(findTokenGrant));
  app.use(
    createRestApi({
      database,
      organizationId,
      findTokenGrant,
      dailyApiRequests: settings.dailyApiRequests,
      duplicateRules: settings.duplicateRules,
      collisionForm: settings.collisionForm,
      publicUrl: publicOriginOf,
      onUnexpectedError,
    }),
  );
  app.use(createPageNotFound(settings));
  return app;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

interface OpenServer {
  server: Server;
  endConnections(): void;
}

async function closeAll(servers: readonly OpenServer[]): Promise<void> {
  await Promise.all(
    servers.map(
      ({ server, endConnections }) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          endConnections();
        }),
    ),
  );
}
