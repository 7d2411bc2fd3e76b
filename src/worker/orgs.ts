import type { AuthorizationServer } from 'oauth4webapi';
import { success, type Outcome } from '../outcomes/failure.ts';
import { outcomeFailure } from '../outcomes/outcomes.ts';
import { createAuthorizationServers, knownEndpoints } from './authorizationServer.ts';
import type { HttpOptions } from './oauthHttp.ts';
import { createOrgClient, type OrgClient } from './orgClient.ts';
import type { OrgClock } from './orgClock.ts';
import { newProofKey, type ProofKey } from './proofKey.ts';
import type { OrgSettings, WorkerSettings } from './settings.ts';
import type { WorkerEnvironment } from './workerEnvironment.ts';

interface OrgsOptions {
  settings: Pick<WorkerSettings, 'orgs' | 'extraOrigins' | 'requestTimeoutMs'>;
  environment: Pick<WorkerEnvironment, 'fetch' | 'isOnline' | 'serverGrant'>;
  clock: OrgClock;
  /** Called when tokens will not be bound to a key, as the right time is not known. */
  onNotBound: (orgUrl: string) => void;
}

export type Orgs = ReturnType<typeof createOrgs>;

/**
 * The orgs of the settings, with the client for each and what has been learnt of it. No other org is ever contacted.
 */
export function createOrgs({
  settings,
  environment: { fetch, isOnline, serverGrant },
  clock,
  onNotBound,
}: OrgsOptions) {
  const { orgs, extraOrigins, requestTimeoutMs } = settings;
  const http: HttpOptions = { fetch, isOnline, timeoutMs: requestTimeoutMs };
  const authorizationServer = createAuthorizationServers(http);
  const lifetimes = new Map<string, number>();
  const proofsAccepted = new Map<string, boolean>();

  const clientAt = (org: OrgSettings, server: AuthorizationServer): OrgClient =>
    createOrgClient({ org, server, extraOrigins, clock, http, authentication: serverGrant?.authentication });

  return {
    http,

    findOrg: (orgUrl: string, consumerKey: string): OrgSettings | undefined =>
      orgs.find((org) => org.orgUrl === orgUrl && org.consumerKey === consumerKey),

    /** The client of an org. The org is asked for its endpoints the first time. */
    async orgClient(org: OrgSettings): Promise<Outcome<OrgClient>> {
      const server = await authorizationServer(org.orgUrl);
      return server.ok ? success(clientAt(org, server.data)) : server;
    },

    /** The client of an org that cannot be asked for its endpoints now. */
    unaskedClient: (org: OrgSettings): OrgClient => clientAt(org, knownEndpoints(org.orgUrl)),

    /**
     * A new key to bind tokens to; undefined where the org does not take proofs or the settings turn them off. Fails
     * where binding is required and not possible.
     */
    async newProofKey(client: OrgClient): Promise<Outcome<ProofKey | undefined>> {
      const { orgUrl, dpop } = client.org;
      if (dpop === 'off') return success(undefined);
      const [accepted] = await Promise.all([
        proofsAccepted.get(orgUrl) ?? client.acceptsProofHeader(),
        clock.measure(),
      ]);
      // A refusal may come from a broken network, so it is not remembered.
      if (accepted) proofsAccepted.set(orgUrl, true);
      // A code that is bound to a key cannot be redeemed with a proof of the wrong time.
      if (accepted && dpop === 'preferred' && !clock.isTrusted()) {
        onNotBound(orgUrl);
        return success(undefined);
      }
      if (accepted) return success(await newProofKey(clock));
      return dpop === 'required' ? outcomeFailure({ stage: 'code', refused: 'notBound' }) : success(undefined);
    },

    /** Lifetime of an app's access tokens, asked for once; undefined where the org does not tell it. */
    async lifetimeMs(client: OrgClient, accessToken: string): Promise<number | undefined> {
      const name = `${client.org.orgUrl} ${client.org.consumerKey}`;
      const known = lifetimes.get(name);
      if (known !== undefined) return known;
      const learnt = await client.lifetimeMs(accessToken);
      if (learnt !== undefined) lifetimes.set(name, learnt);
      return learnt;
    },
  };
}
