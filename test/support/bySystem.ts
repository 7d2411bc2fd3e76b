/** Tests that hold on every system but Windows, and what holds there. */
export interface TestsBySystem {
  posix: () => void;
  windows: () => void;
}

/**
 * Defines the tests of this system: those of what only POSIX has (permission bits and owners of files, named pipes,
 * signals that a process can answer), or those of what Windows has in its place.
 *
 * @param difference What Windows does otherwise; its tests are reported under it.
 */
export function bySystem(difference: string, { posix, windows }: TestsBySystem): void {
  if (process.platform === 'win32') describe(difference, windows);
  else posix();
}
