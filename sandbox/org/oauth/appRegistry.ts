import { randomBytes } from 'node:crypto';
import type { AppOptions } from '../orgOptions.ts';

/** An app as the org keeps it. */
export interface RegisteredApp extends Readonly<Omit<AppOptions, 'requirePkce'>> {
  readonly requirePkce: boolean;
  /** Signs token answers; every Salesforce app has a secret, also those that need not present it. */
  readonly signingSecret: string;
}

/** The org's apps by consumer key; an administrator may change them while the org runs. */
export class AppRegistry {
  readonly #apps = new Map<string, RegisteredApp>();
  #revision = 0;

  constructor(options: readonly AppOptions[]) {
    for (const app of options) this.put(app);
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  all(): readonly RegisteredApp[] {
    return [...this.#apps.values()];
  }

  find(consumerKey: string | undefined): RegisteredApp | undefined {
    return consumerKey === undefined ? undefined : this.#apps.get(consumerKey);
  }

  /** Adds an app, or replaces the one with this consumer key. */
  put(app: AppOptions): void {
    this.#revision += 1;
    this.#apps.set(app.consumerKey, {
      ...app,
      requirePkce: app.requirePkce ?? app.secret === undefined,
      signingSecret: app.secret ?? this.find(app.consumerKey)?.signingSecret ?? randomBytes(32).toString('hex'),
    });
  }

  /** From now on the consumer key is unknown. */
  remove(consumerKey: string): void {
    this.#revision += 1;
    this.#apps.delete(consumerKey);
  }
}
