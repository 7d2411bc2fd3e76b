import type { ContainerFin } from './containerFin.ts';
import type { Area } from './windowPlacement.ts';

/**
 * The monitors' available areas, primary first, and where the platform's window is; undefined where the runtime does
 * not say.
 */
export async function readDesktopArea(
  fin: ContainerFin,
  isOwn: (name: string) => boolean,
): Promise<{ areas: [Area, ...Area[]]; platformWindow: Area | undefined } | undefined> {
  try {
    const { primaryMonitor, nonPrimaryMonitors } = await fin.System.getMonitorInfo();
    const areas: [Area, ...Area[]] = [
      primaryMonitor.available.dipRect,
      ...nonPrimaryMonitors.map(({ available }) => available.dipRect),
    ];
    return { areas, platformWindow: await findPlatformWindow(fin, isOwn).catch(() => undefined) };
  } catch {
    return undefined;
  }
}

/** Prefers a visible window to a hidden one. The provider itself has none. */
async function findPlatformWindow(fin: ContainerFin, isOwn: (name: string) => boolean): Promise<Area | undefined> {
  const windows = (await fin.Application.getCurrentSync().getChildWindows()).filter(
    ({ identity }) => !isOwn(identity.name),
  );
  const shown = await Promise.all(windows.map((window) => window.isShowing()));
  const chosen = windows[shown.indexOf(true)] ?? windows[0];
  if (!chosen) return undefined;
  const { left, top, width, height } = await chosen.getBounds();
  return { left, top, right: left + width, bottom: top + height };
}
