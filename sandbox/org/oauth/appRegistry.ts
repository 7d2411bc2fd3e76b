import { randomBytes } from 'node:crypto';
import type { AppOptions } from '../orgOptions.ts';

/** An app as the org keeps it; `installed` may change while the org runs. */
export interface RegisteredApp extends Omit<AppOptions, 'requirePkce'> {
  requirePkce: boolean;
  /** Signs token answers; every Salesforce app has a secret, also those that need not present it. */
  signingSecret: string;
}

export interface AppRegistry {
  all(): readonly RegisteredApp[];
  find(consumerKey: string | undefined): RegisteredApp | undefined;
}

/** Keeps the org's apps by consumer key. */
export function createAppRegistry(options: readonly AppOptions[]): AppRegistry {
  const apps = new Map<string, RegisteredApp>();
  for (const app of options) {
    apps.set(app.consumerKey, {
      ...app,
      requirePkce: app.requirePkce ?? app.secret === undefined,
      signingSecret: app.secret ?? randomBytes(32).toString('hex'),
    });
  }
  return {
    all: () => [...apps.values()],
    find: (consumerKey) => (consumerKey === undefined ? undefined : apps.get(consumerKey)),
  };
}
