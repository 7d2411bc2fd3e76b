/** Which panes a person sees: never more than fit, and the others behind tabs. */

/** Narrower than this no pane is read with ease, in rem. */
const paneWidthRem = 17.5;
/** Between panes, and around them. */
const gapRem = 0.625;
/** A window that is narrower shows one at a time. */
const besideEachOtherRem = 75;

/** How many panes fit side by side in a window of this width. */
export function panesThatFit(width: number, rem: number): number {
  if (width < besideEachOtherRem * rem) return 1;
  return Math.floor((width / rem - gapRem) / (paneWidthRem + gapRem));
}

interface Panes {
  /** Ids of the apps' panes, and of those with records. */
  apps: readonly string[];
  records: readonly string[];
  /** Those that the person has been in, the last one first. */
  recent: readonly string[];
  fit: number;
}

/**
 * The panes that are shown: those that the person has been in last. Records leave the apps where they are, as far as
 * there is room: one of them is shown at a time then.
 */
export function shownPanes({ apps, records, recent, fit }: Panes): ReadonlySet<string> {
  const known = [...apps, ...records];
  const last = recent.find((id) => known.includes(id)) ?? known[0];
  if (fit <= 1) return new Set(last === undefined ? [] : [last]);
  const byUse = (ids: readonly string[]): string[] => {
    const used = recent.filter((id) => ids.includes(id));
    return [...used, ...ids.filter((id) => !used.includes(id))];
  };
  const forRecords = Math.min(records.length, Math.max(1, fit - apps.length));
  return new Set([...byUse(records).slice(0, forRecords), ...byUse(apps).slice(0, fit - forRecords)]);
}
