/** How many entries of each kind one client may have in the platform page's memory: far more than any app needs. */
const share = 500;

/**
 * Bounds the entries that the platform page keeps for a client until the client leaves.
 *
 * @param kept the client's entries so far
 * @throws Error, which the client is told, when one more would be too many
 */
export function claimShare(kept: { has(key: string): boolean; size: number }, key: string, what: string): void {
  if (kept.size >= share && !kept.has(key)) throw new Error(`This client has ${share} ${what} already.`);
  if (key.length > 500) throw new Error(`The name is too long for one of ${what}.`);
}
