import type { Outcome } from '../outcomes/failure.ts';
import type { OrgClient } from './orgClient.ts';
import type { RememberedSessions, Revocation } from './rememberedSessions.ts';
import type { OrgSettings } from './settings.ts';

interface RevocationsOptions {
  orgs: readonly OrgSettings[];
  orgClient: (org: OrgSettings) => Promise<Outcome<OrgClient>>;
  /** The store, where the settings allow one and the environment has one that works. */
  store: () => Promise<RememberedSessions | undefined>;
  onNotRevoked: (orgUrl: string, willBeSentLater: boolean) => void;
}

/** Tokens that are still to be revoked: in the store if there is one, else in memory as long as this worker lives. */
export function createRevocations({ orgs, orgClient, store, onNotRevoked }: RevocationsOptions) {
  let unsent: Revocation[] = [];

  /** @returns true when nothing is left to do. An org that is no longer configured may not be contacted any more. */
  async function revoke({ orgUrl, consumerKey, token }: Revocation): Promise<boolean> {
    const org = orgs.find((candidate) => candidate.orgUrl === orgUrl);
    if (!org) {
      onNotRevoked(orgUrl, false);
      return true;
    }
    const client = await orgClient({ ...org, consumerKey });
    return client.ok && (await client.data.revoke(token)).ok;
  }

  return {
    /** Keeps the tokens that could not be revoked, and reports it. */
    async keep({ orgUrl, consumerKey }: OrgSettings, tokens: readonly string[]): Promise<void> {
      const kept = await store();
      for (const token of tokens) {
        const revocation = { orgUrl, consumerKey, token };
        if (kept) await kept.addRevocation(revocation).catch(() => unsent.push(revocation));
        else unsent.push(revocation);
      }
      onNotRevoked(orgUrl, kept !== undefined);
    },

    /** Sends the revocations that were kept. Those that fail are kept again. */
    async send(): Promise<void> {
      const waiting = unsent;
      unsent = [];
      for (const revocation of waiting) if (!(await revoke(revocation))) unsent.push(revocation);
      for (const { revocation, done } of (await (await store())?.revocations()) ?? [])
        if (await revoke(revocation)) await done();
    },

    /** For settings that do not allow remembering any more: revokes and deletes what was remembered. */
    async clear(formerly: RememberedSessions): Promise<void> {
      for (const { name, refreshToken, accessToken } of await formerly.all()) {
        const { orgUrl, consumerKey } = name;
        for (const token of [refreshToken, accessToken]) if (token) await revoke({ orgUrl, consumerKey, token });
      }
      for (const { revocation } of await formerly.revocations()) await revoke(revocation);
      await formerly.clear();
    },
  };
}
