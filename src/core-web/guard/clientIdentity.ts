import { z } from '../../zod.ts';

/**
 * Identity of a page at HERE's shared worker. The page's own script chooses it. The shared worker keeps what belongs to
 * a client under `<uuid>/<name>` and waits for its end under `<uuid>_<name>` (core-web 0.40.51). With either character
 * in a uuid the keys of two clients could be equal, and the end of one would end the other's channels.
 */
const clientIdentity = z.strictObject({
  uuid: z
    .string()
    .max(200)
    .regex(/^[!-~]+$/)
    .regex(/^[^/_]+$/),
  name: z.string().min(1).max(200),
});
export type ClientIdentity = z.infer<typeof clientIdentity>;

/** Whether a value is an identity that a page may have. */
export const isIdentity = (value: unknown): value is ClientIdentity => clientIdentity.safeParse(value).success;

/**
 * The identity that core-web in the embedding page hands to its broker frame, in the frame's name (core-web 0.40.51).
 *
 * @throws Error when it cannot be read: the page then may not join.
 */
export function readIdentity(frameName: string): ClientIdentity {
  const [, encoded] = /^of-broker<(.*)>$/.exec(frameName) ?? [];
  try {
    return clientIdentity.parse(JSON.parse(atob(encoded ?? '')));
  } catch {
    throw new Error('core-web did not say which client this is in a way that this platform understands.');
  }
}

/**
 * Claims a uuid for as long as this frame lives. A later frame with the same uuid is refused.
 *
 * @returns false when another open frame of this browser has it.
 * @throws the browser's error where it has no Web Locks.
 * @see Web Locks API, "ifAvailable"
 */
export function claimUuid(locks: Pick<LockManager, 'request'>, { uuid }: ClientIdentity): Promise<boolean> {
  return new Promise((resolve, reject) => {
    locks
      .request(`salesforce-interop.desktop-client.${uuid}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(reject);
  });
}
