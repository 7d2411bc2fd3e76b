import { createServer } from 'node:net';

/** First port and number of ports of a range. */
export interface PortRange {
  first: number;
  count: number;
}

/** Below the ports that the system assigns by itself (Linux: from 32768), which are taken and freed all the time. */
const usualRange: PortRange = { first: 20_000, count: 12_000 };

/**
 * Looks for consecutive free ports on 127.0.0.1, from a random one on. Another program may take one before it is used.
 *
 * @param count How many.
 * @param range Where to look.
 * @returns the first of them.
 */
export async function freePorts(count: number, range: PortRange = usualRange): Promise<number> {
  for (let offset = Math.floor(Math.random() * range.count); ; offset += count) {
    const first = range.first + (offset % (range.count - count));
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
