import { EventEmitter } from 'node:events';
import { onToldToEnd } from '../../../../src/provider/hosts/node/toldToEnd.ts';

/** As Node.js shows a process of that system. */
function processOn(platform: NodeJS.Platform, connected?: boolean) {
  const place = Object.assign(new EventEmitter(), { platform, connected });
  let times = 0;
  const stop = onToldToEnd(() => (times += 1), place);
  return {
    times: (...events: string[]) => {
      times = 0;
      for (const event of events) place.emit(event);
      return times;
    },
    stop,
    listened: () => place.eventNames(),
  };
}

describe('a process that runs until it is told to end', () => {
  it('is told on Windows by Ctrl-C, Ctrl-Break and the closing of the console', () => {
    const { times } = processOn('win32');
    expect(times('SIGINT', 'SIGBREAK', 'SIGHUP')).toBe(3);
  });

  it('is told elsewhere by Ctrl-C and SIGTERM, and goes on under nohup', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const { times, listened } = processOn(platform);
      expect(times('SIGINT', 'SIGTERM')).toBe(2);
      expect(listened()).not.toContain('SIGHUP');
    }
  });

  it('is told on every system by a parent that lets go of it, where it has a channel to that', () => {
    for (const platform of ['win32', 'linux'] as const) {
      expect(processOn(platform, true).times('disconnect')).toBe(1);
      expect(processOn(platform).listened()).not.toContain('disconnect');
    }
  });

  it('can stop listening', () => {
    const { stop, listened } = processOn('win32', true);
    stop();
    expect(listened()).toEqual([]);
  });
});
