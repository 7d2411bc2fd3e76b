import { readEnvironment } from './environment.ts';
import { freePorts } from './freePorts.ts';
import { serveSites } from '../../src/sites/serve/serveSites.ts';
import { describeSites } from './sites.ts';
import { defaultConsumerKey } from '../org/oauth/defaultClients.ts';
import { startOrg } from '../org/server.ts';
import { defaultApiVersion } from '../../src/salesforce/apiVersions.ts';
import type { SetUp } from '../../src/command/doctor/commandLine.ts';

/** Starts the embedded org and the provider's pages, which have been built, on free ports. */
export async function startEmbeddedSetUp(): Promise<{ setUp: SetUp; close: () => Promise<void> }> {
  const providerPort = await freePorts(1);
  const origin = `http://localhost:${providerPort}`;
  const redirectUri = `${origin}/signed-in.html`;
  const org = await startOrg({ allowedOrigins: [origin], redirectUris: [redirectUri], contacts: 10 });
  // A desk's provider has the second port after the platform's.
  const environment = readEnvironment({ PORT: String(providerPort - 2), ORG_PORT: String(org.port) });
  const provider = {
    ...describeSites(environment, org.url).find(({ name }) => name === 'provider')!,
    port: providerPort,
    origin,
  };
  const closeSites = await serveSites([provider]);
  return {
    setUp: {
      orgUrl: org.url,
      consumerKey: defaultConsumerKey,
      redirectUri,
      origin,
      dpop: 'preferred',
      flow: 'webServer',
      isCustomDomain: false,
      apiVersion: defaultApiVersion,
      scopes: ['api', 'refresh_token'],
      identityProviders: [],
    },
    close: async () => void (await Promise.all([closeSites(), org.close()])),
  };
}
