/** Which windows have joined, and which instance of an app each of them was and may be again. */

interface JoinedAs {
  window: object;
  origin: string;
  appId: string;
  /** The connection of the page. */
  connection: Connection;
}

interface Connection {
  isAlive(limitMs: number): Promise<boolean>;
  end(): void;
}

interface Known extends Omit<JoinedAs, 'window' | 'connection'> {
  instanceId: string;
  /** undefined once it has ended. */
  connection: Connection | undefined;
}

/** Instances that one window may have been: one for each time it was loaded without saying which it had been before. */
const knownOfWindow = 20;
/** `getAgent()` waits five seconds to be told who it is (`@finos/fdc3` 2.2). */
const heartbeatMs = 1_000;

/**
 * A page that is loaded again is the instance that it was before, if it knows the id that only that one was told, in
 * the same window, of the same origin and app. A window that was opened by that page has its session storage, and so
 * the id, but is another window. Where the page that was told the id is there still, and so has two copies of
 * `getAgent()`, each of them is an instance.
 *
 * @see https://fdc3.finos.org/docs/2.2/api/specs/webConnectionProtocol "Determine Instance Identity"
 */
export class ConnectedWindows {
  readonly #known = new WeakMap<object, Map<string, Known>>();

  /**
   * @param instanceUuid which one the page says it was
   * @returns which one it is; of a new one no id is known
   */
  async join({ window, connection, ...as }: JoinedAs, instanceUuid: string | undefined) {
    const known = this.#known.get(window) ?? new Map<string, Known>();
    this.#known.set(window, known);
    const before = known.get(instanceUuid ?? '');
    const same = before?.origin === as.origin && before.appId === as.appId;
    const again = same && !(await before.connection?.isAlive(heartbeatMs));
    if (again) before.connection?.end();
    const joined = again
      ? { instanceUuid: instanceUuid!, instanceId: before.instanceId }
      : { instanceUuid: crypto.randomUUID() as string, instanceId: crypto.randomUUID() as string };
    known.set(joined.instanceUuid, { ...as, instanceId: joined.instanceId, connection });
    const [oldest] = known.keys();
    if (known.size > knownOfWindow && oldest !== undefined) {
      known.get(oldest)?.connection?.end();
      known.delete(oldest);
    }
    return joined;
  }

  left(window: object, connection: Connection): void {
    for (const known of this.#known.get(window)?.values() ?? [])
      if (known.connection === connection) known.connection = undefined;
  }

  /** Ends what pages of other origins have left in a window: they are not shown there any more. */
  changedOrigin(window: object, origin: string): void {
    for (const [instanceUuid, known] of this.#known.get(window) ?? []) {
      if (known.origin === origin) continue;
      known.connection?.end();
      this.#known.get(window)?.delete(instanceUuid);
    }
  }
}
