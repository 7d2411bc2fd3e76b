/** Edges in device-independent pixels. */
export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Placement {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Smallest width and height in which a person can sign in. */
const smallest = 300;

interface WantedPlace {
  width: number;
  height: number;
  /** The place that an app asks for; without one the window is centred. */
  left?: number | undefined;
  top?: number | undefined;
}

/**
 * Places a window wholly within the available area of one monitor, centred unless a place was asked for.
 *
 * @param areas Available areas of the monitors, primary first; at least one.
 * @param near The window to be near to. A minimised one may be on no monitor; then the primary is taken.
 */
export function placeWindow(
  { width, height, left, top }: WantedPlace,
  areas: readonly [Area, ...Area[]],
  near: Area | undefined,
): Placement {
  const wanted =
    left === undefined || top === undefined ? near : { left, top, right: left + width, bottom: top + height };
  const area = wanted ? monitorOf(wanted, areas) : areas[0];
  const size = {
    width: clamp(width, smallest, area.right - area.left),
    height: clamp(height, smallest, area.bottom - area.top),
  };
  const middle = {
    left: area.left + (area.right - area.left - size.width) / 2,
    top: area.top + (area.bottom - area.top - size.height) / 2,
  };
  return {
    ...size,
    left: Math.round(clamp(left ?? middle.left, area.left, area.right - size.width)),
    top: Math.round(clamp(top ?? middle.top, area.top, area.bottom - size.height)),
  };
}

/** The monitor that shows most of a window. */
function monitorOf(window: Area, areas: readonly [Area, ...Area[]]): Area {
  const shown = (area: Area): number =>
    overlap(window.left, window.right, area.left, area.right) *
    overlap(window.top, window.bottom, area.top, area.bottom);
  return areas.reduce((best, area) => (shown(area) > shown(best) ? area : best), areas[0]);
}

const overlap = (from: number, to: number, start: number, end: number): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
