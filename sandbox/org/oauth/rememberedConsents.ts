/** Which scopes a user has already allowed an app, so that the approval page is not shown again. */
export class RememberedConsents {
  readonly #scopes = new Map<string, Set<string>>();

  covers(userId: string, consumerKey: string, scopes: readonly string[]): boolean {
    const allowed = this.#scopes.get(key(userId, consumerKey));
    return allowed !== undefined && scopes.every((scope) => allowed.has(scope));
  }

  /** Everything the user has allowed the app; undefined when that is nothing. */
  allowed(userId: string, consumerKey: string): readonly string[] | undefined {
    const scopes = this.#scopes.get(key(userId, consumerKey));
    return scopes && [...scopes];
  }

  remember(userId: string, consumerKey: string, scopes: readonly string[]): void {
    const allowed = this.#scopes.get(key(userId, consumerKey)) ?? new Set();
    for (const scope of scopes) allowed.add(scope);
    this.#scopes.set(key(userId, consumerKey), allowed);
  }

  /** @param userId Of this user, or of all. @param consumerKey For this app, or for all. */
  forget(userId?: string, consumerKey?: string): void {
    for (const remembered of this.#scopes.keys()) {
      const isOfUser = userId === undefined || remembered.startsWith(`${userId} `);
      const isForApp = consumerKey === undefined || remembered.endsWith(` ${consumerKey}`);
      if (isOfUser && isForApp) this.#scopes.delete(remembered);
    }
  }
}

const key = (userId: string, consumerKey: string): string => `${userId} ${consumerKey}`;
