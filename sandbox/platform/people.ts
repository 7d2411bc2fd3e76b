import type { PlatformStatus } from '../../src/channel/protocol.ts';

/**
 * Remembers the user who last had the shared session of each org and key, as far as this page has seen. A restarted
 * provider does not know for whom the open pages are, so this outlives it.
 *
 * @param onLeft Called when somebody has left, and what they were shown is to go.
 */
export function watchPeople(onLeft: () => void) {
  const last = new Map<string, string>();
  let signingOut = 0;

  return {
    /** Who is here, in a form that is nobody else's; undefined while nobody is. */
    current: (): string | undefined => (last.size === 0 ? undefined : JSON.stringify([...last].sort())),
    /** @param settled Until then the provider may still tell of those who sign out. */
    async signOut(settled: Promise<unknown>): Promise<void> {
      last.clear();
      onLeft();
      signingOut += 1;
      await settled.catch(() => undefined);
      signingOut -= 1;
    },
    see({ sessions }: PlatformStatus): void {
      if (signingOut > 0) return;
      let hasLeft = false;
      for (const { orgUrl, consumerKey, userId } of sessions.filter(({ owner }) => owner === undefined)) {
        const place = JSON.stringify([orgUrl, consumerKey]);
        hasLeft ||= (last.get(place) ?? userId) !== userId;
        last.set(place, userId);
      }
      if (hasLeft) onLeft();
    },
  };
}
