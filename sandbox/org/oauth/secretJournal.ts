export type SecretKind =
  'access_token' | 'refresh_token' | 'authorization_code' | 'id_token' | 'code_verifier' | 'device_code' | 'assertion';

export interface JournalEntry {
  kind: SecretKind;
  value: string;
}

/** Every secret this org ever issued or saw: tells an expired code from an invented one, and feeds leak sweeps. */
export class SecretJournal {
  readonly #kinds = new Map<string, SecretKind>();

  record(kind: SecretKind, value: string): void {
    this.#kinds.set(value, kind);
  }

  knows(kind: SecretKind, value: string): boolean {
    return this.#kinds.get(value) === kind;
  }

  list(): JournalEntry[] {
    return [...this.#kinds].map(([value, kind]) => ({ kind, value }));
  }
}
