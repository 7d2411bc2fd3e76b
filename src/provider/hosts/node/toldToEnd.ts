/** What {@link onToldToEnd} uses of a process. */
export interface EndableProcess {
  readonly platform: NodeJS.Platform;
  /** Of a process that was started with an IPC channel: whether its parent still holds that. */
  readonly connected?: boolean | undefined;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

/**
 * The signals that ask a process to end. Windows has no SIGTERM, and `kill` ends a process there at once; it tells of
 * Ctrl-Break and of the closing of the console window. Elsewhere SIGHUP is left to `nohup`.
 *
 * @see https://nodejs.org/api/process.html#signal-events
 */
function endSignals(platform: NodeJS.Platform): NodeJS.Signals[] {
  return platform === 'win32' ? ['SIGINT', 'SIGBREAK', 'SIGHUP'] : ['SIGINT', 'SIGTERM'];
}

/**
 * Listens for whatever tells this process to end, on any system: a signal, or its parent letting go of it
 * (`child.disconnect()`) where that has started it with an IPC channel.
 *
 * @param told Called each time.
 * @returns what stops listening.
 */
export function onToldToEnd(told: () => void, place: EndableProcess = process): () => void {
  const events = [...endSignals(place.platform), ...(place.connected ? ['disconnect'] : [])];
  for (const event of events) place.on(event, told);
  return () => {
    for (const event of events) place.off(event, told);
  };
}
