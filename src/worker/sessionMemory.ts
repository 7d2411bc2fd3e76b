import type { GrantName, RememberedSessions, RememberedGrant } from './rememberedSessions.ts';
import type { SessionMemory } from './renewal.ts';

interface SessionMemoryOptions {
  store: RememberedSessions;
  name: GrantName;
  organizationId: string;
  /** When the person signed in, in milliseconds since 1970. */
  signedInAt: number;
  profile?: Record<string, unknown> | undefined;
  onFailed: () => void;
}

/**
 * The record of one session in the store. When storing fails the session goes on without it: a record that could not be
 * updated is deleted, as its refresh token may have been used up.
 */
export function createSessionMemory({
  store,
  name,
  organizationId,
  signedInAt,
  profile: knownProfile,
  onFailed,
}: SessionMemoryOptions): SessionMemory & { describe(profile: Record<string, unknown>): Promise<void> } {
  let working = true;
  let profile = knownProfile;
  let latest: RememberedGrant | undefined;

  async function stored<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!working) return undefined;
    try {
      return await work();
    } catch {
      working = false;
      await store.forget(name).catch(() => undefined);
      onFailed();
      return undefined;
    }
  }

  return {
    lockName: `salesforce-interop/${JSON.stringify(name)}`,
    isWorking: () => working,
    load: () => stored(() => store.load(name)),
    async save({ tokens, generation, accessToken, refreshToken, receivedAt }) {
      const { scopes, proofKey, instanceUrl } = tokens;
      latest = {
        name,
        organizationId,
        instanceUrl,
        signedInAt,
        scopes,
        proofKey,
        generation,
        accessToken,
        receivedAt,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(profile && { profile }),
      };
      const record = latest;
      await stored(() => store.save(record));
    },
    async describe(described) {
      profile = described;
      if (latest) latest = { ...latest, profile };
      const record = latest;
      if (record) await stored(() => store.save(record));
    },
    async forget() {
      // A later sign-in of the same person may have replaced the record.
      await stored(async () => {
        const kept = await store.load(name);
        if (kept?.signedInAt === signedInAt) await store.forget(name);
      });
      working = false;
    },
  };
}
