import type { Adapter, AdapterPayload } from 'oidc-provider';

export interface StoredModel {
  payload: AdapterPayload;
  /** Org clock, milliseconds; undefined never expires. */
  expiresAt: number | undefined;
  /** Org clock, milliseconds. */
  issuedAt: number;
  /** Order of issue. */
  serial: number;
  /** Thumbprint of the DPoP key this is bound to. */
  key?: string | undefined;
}

export interface ModelStoreOptions {
  now: () => number;
  /** When something stored now ends; undefined is never. @param expiresIn Seconds, as oidc-provider wants it. */
  expiryOf: (model: string, payload: AdapterPayload, expiresIn: number | undefined) => number | undefined;
  /** Called with whatever is stored. */
  onStored: (model: string, id: string) => void;
  /** Drops what a model holds of a grant. */
  revokeGrantMembers: (model: string, grantId: string) => void;
}

/**
 * Where oidc-provider keeps sessions, codes, tokens and grants: in memory, aged by the org's clock and not by the
 * machine's, so that a test can let them expire.
 */
export class ModelStore {
  readonly #options: ModelStoreOptions;
  readonly #models = new Map<string, Map<string, StoredModel>>();
  #serial = 0;

  constructor(options: ModelStoreOptions) {
    this.#options = options;
  }

  /** The storage of one oidc-provider model (its `adapter` configuration). */
  readonly adapter = (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => this.#put(model, id, payload, expiresIn),
    find: async (id) => this.#read(model, id),
    findByUid: async (uid) => {
      const found = [...this.#all(model)].find(([, stored]) => stored.payload.uid === uid);
      return found && this.#read(model, found[0]);
    },
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const stored = this.find(model, id);
      if (stored) stored.payload.consumed = Math.floor(this.#options.now() / 1000);
    },
    destroy: async (id) => this.delete(model, id),
    revokeByGrantId: async (grantId) => this.#options.revokeGrantMembers(model, grantId),
  });

  /** Whether or not it is still good. */
  find(model: string, id: string): StoredModel | undefined {
    return this.#all(model).get(id);
  }

  isLive({ payload, expiresAt }: StoredModel): boolean {
    return payload.consumed === undefined && (expiresAt === undefined || expiresAt > this.#options.now());
  }

  live(model: string): StoredModel[] {
    return [...this.#all(model).values()].filter((stored) => this.isLive(stored));
  }

  delete(model: string, id: string): void {
    this.#all(model).delete(id);
  }

  /** @returns What was dropped. */
  drop(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload[] {
    const stored = this.#all(model);
    const dropped = [...stored].filter(([, { payload }]) => matches(payload));
    for (const [id] of dropped) stored.delete(id);
    return dropped.map(([, { payload }]) => payload);
  }

  #all(model: string): Map<string, StoredModel> {
    let stored = this.#models.get(model);
    if (!stored) this.#models.set(model, (stored = new Map()));
    return stored;
  }

  #put(model: string, id: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    const previous = this.find(model, id);
    this.#all(model).set(id, {
      payload,
      expiresAt: this.#options.expiryOf(model, payload, expiresIn),
      issuedAt: previous?.issuedAt ?? this.#options.now(),
      serial: previous?.serial ?? this.#serial++,
      key: previous?.key,
    });
    this.#options.onStored(model, id);
  }

  #read(model: string, id: string): AdapterPayload | undefined {
    const stored = this.find(model, id);
    if (!stored) return undefined;
    const { payload, expiresAt } = stored;
    if (payload.exp === undefined) return payload;
    const isExpired = expiresAt !== undefined && expiresAt <= this.#options.now();
    // oidc-provider compares with the machine's clock, so it is only told whether, not when.
    return { ...payload, exp: isExpired ? 1 : Math.floor(Date.now() / 1000) + 3600 };
  }
}
