/** What one client may have of each kind in the platform page's memory; far more than any app has. */
const share = 500;

/**
 * For what the platform page keeps for a client until that leaves.
 *
 * @param kept what it keeps already
 * @throws Error, which the client is told, when one more would be too many.
 */
export function claimShare(kept: { has(key: string): boolean; size: number }, key: string, what: string): void {
  if (kept.size >= share && !kept.has(key)) throw new Error(`This client has ${share} ${what} already.`);
  if (key.length > 500) throw new Error(`The name is too long for one of ${what}.`);
}
