/** Which callers use which sessions: the provider grants them, and nobody else is let in. */
export class Grants {
  /** By session, the callers that use it, with the user's name for the audit trail. */
  readonly #granted = new Map<string, Map<string, { user: string | undefined }>>();

  /** Lets a caller use a session. `user`: name of its Salesforce user. */
  grant(callerId: string, sessionId: string, user?: string): void {
    const users = this.#granted.get(sessionId) ?? new Map<string, { user: string | undefined }>();
    this.#granted.set(sessionId, users.set(callerId, { user }));
  }

  /** The grant of this session to this caller, if there is one. */
  of(callerId: string, sessionId: string): { user: string | undefined } | undefined {
    return this.#granted.get(sessionId)?.get(callerId);
  }

  withdraw(callerId: string, sessionId: string): void {
    const users = this.#granted.get(sessionId);
    users?.delete(callerId);
    if (users?.size === 0) this.#granted.delete(sessionId);
  }

  /** The caller uses no session any more. */
  leave(callerId: string): void {
    for (const sessionId of this.#granted.keys()) this.withdraw(callerId, sessionId);
  }

  /** Nobody uses the session any more. */
  endSession(sessionId: string): void {
    this.#granted.delete(sessionId);
  }
}
