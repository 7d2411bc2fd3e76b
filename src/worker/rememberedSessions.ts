import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { z } from '../zod.ts';
import { proofKey as proofKeyOf, type ProofKey } from './proofKey.ts';
import type { OrgClock } from './orgClock.ts';

/** Name of the grant that a record holds: there is one per org, app, owner and user. */
export interface GrantName {
  orgUrl: string;
  consumerKey: string;
  /** The app that the session belongs to; empty for the shared session. */
  owner: string;
  userId: string;
}

const grantContents = z.object({
  name: z.object({ orgUrl: z.string(), consumerKey: z.string(), owner: z.string(), userId: z.string() }),
  organizationId: z.string(),
  instanceUrl: z.string(),
  scopes: z.array(z.string()),
  generation: z.number().int(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  receivedAt: z.number(),
  /** When the person signed in; renewals do not change it (RFC 10017, 6.3.2.3). */
  signedInAt: z.number(),
  /** The user's record as apps get it, so that a start without network can still say who is signed in. */
  profile: z.record(z.string(), z.unknown()).optional(),
  /** Thumbprint of the key that the tokens are bound to (RFC 9449, 6); none for bearer tokens. */
  keyThumbprint: z.string().optional(),
});
type GrantContents = z.output<typeof grantContents>;

export interface RememberedGrant extends Omit<GrantContents, 'keyThumbprint'> {
  proofKey: ProofKey | undefined;
}

const revocationContents = z.object({ orgUrl: z.string(), consumerKey: z.string(), token: z.string() });
export type Revocation = z.output<typeof revocationContents>;

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
  keyPair?: CryptoKeyPair;
}

interface Schema extends DBSchema {
  keys: { key: 'sealing'; value: CryptoKey };
  grants: { key: string; value: Sealed };
  revocations: { key: string; value: Sealed };
}

export type RememberedSessions = Awaited<ReturnType<typeof openRememberedSessions>>;

const databaseName = 'salesforce-interop';

/**
 * Grants and unsent revocations in IndexedDB of the provider's origin, encrypted with AES-GCM under a key that
 * WebCrypto does not export. Each record is authenticated with its name, so that one that was put in another's place
 * cannot be decrypted. Records that cannot be decrypted or are incomplete are discarded.
 *
 * @param clock For proof keys that are read back.
 */
export async function openRememberedSessions(clock: OrgClock) {
  const database = await openDB<Schema>(databaseName, 1, {
    upgrade(created) {
      created.createObjectStore('keys');
      created.createObjectStore('grants');
      created.createObjectStore('revocations');
    },
    // Another tab, whose settings do not allow remembering any more, wants to delete the database.
    blocking: (_old, _new, event) => (event.target as IDBDatabase).close(),
  });
  const key = await sealingKey(database);

  async function seal(name: string, contents: unknown, keyPair?: CryptoKeyPair): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(contents));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) },
      key,
      plain,
    );
    return { iv, sealed, ...(keyPair && { keyPair }) };
  }

  /** @returns undefined for a record that was not encrypted here under this name */
  async function open<T extends z.ZodType>(name: string, record: unknown, schema: T): Promise<z.output<T> | undefined> {
    try {
      const { iv, sealed } = record as Sealed;
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) },
        key,
        sealed,
      );
      return schema.parse(JSON.parse(new TextDecoder().decode(plain)));
    } catch {
      return undefined;
    }
  }

  async function read(id: string): Promise<RememberedGrant | undefined> {
    const record = await database.get('grants', id);
    if (!record) return undefined;
    const contents = await open(id, record, grantContents);
    const proofKey = record.keyPair && proofKeyOf(record.keyPair, clock);
    const isWhole =
      contents &&
      idOf(contents.name) === id &&
      contents.keyThumbprint === (await proofKey?.handle.calculateThumbprint());
    if (isWhole) return { ...contents, proofKey };
    await database.delete('grants', id);
    return undefined;
  }

  return {
    load: (name: GrantName): Promise<RememberedGrant | undefined> => read(idOf(name)),

    async save({ proofKey, ...contents }: RememberedGrant): Promise<void> {
      const id = idOf(contents.name);
      const keyThumbprint = await proofKey?.handle.calculateThumbprint();
      await database.put('grants', await seal(id, { ...contents, keyThumbprint }, proofKey?.keyPair), id);
    },

    forget: (name: GrantName): Promise<void> => database.delete('grants', idOf(name)),

    /** Reads all grants, and deletes those that cannot be read. */
    async all(): Promise<RememberedGrant[]> {
      const ids = await database.getAllKeys('grants');
      return (await Promise.all(ids.map(read))).filter((grant) => grant !== undefined);
    },

    async addRevocation(revocation: Revocation): Promise<void> {
      const id = crypto.randomUUID();
      await database.put('revocations', await seal(id, revocation), id);
    },

    /** Revocations that were not sent yet, each with a function that removes it from the list. */
    async revocations(): Promise<{ revocation: Revocation; done: () => Promise<void> }[]> {
      const ids = await database.getAllKeys('revocations');
      const found = await Promise.all(
        ids.map(async (id) => {
          const revocation = await open(id, await database.get('revocations', id), revocationContents);
          const done = (): Promise<void> => database.delete('revocations', id);
          if (revocation) return { revocation, done };
          await done();
          return undefined;
        }),
      );
      return found.filter((entry) => entry !== undefined);
    },

    /** Deletes everything, the key included. */
    async clear(): Promise<void> {
      database.close();
      await deleteDB(databaseName);
    },

    /** Ends the use of the database; for a worker that goes away. */
    close: (): void => database.close(),
  };
}

/** Whether anything was ever stored. Does not create the database. */
export async function hasRememberedSessions(): Promise<boolean> {
  const databases = await indexedDB.databases();
  return databases.some(({ name }) => name === databaseName);
}

async function sealingKey(database: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // In one transaction, so that two workers that start together use the same key.
  const transaction = database.transaction('keys', 'readwrite');
  const existing: unknown = await transaction.store.get('sealing');
  const usable = existing instanceof CryptoKey && existing.algorithm.name === 'AES-GCM';
  if (!usable) await transaction.store.put(fresh, 'sealing');
  await transaction.done;
  return usable ? existing : fresh;
}

function idOf({ orgUrl, consumerKey, owner, userId }: GrantName): string {
  return JSON.stringify([orgUrl, consumerKey, owner, userId]);
}
