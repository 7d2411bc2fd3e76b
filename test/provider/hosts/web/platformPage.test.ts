import { createPlatformPage } from '../../../../src/provider/hosts/web/platformPage.ts';

const view = { viewId: 'v', url: 'https://record.bank.example/', title: 'Ada' };

/** A platform page that is not there yet, and time that passes when the test says so. */
function scene({ isExpected = true } = {}) {
  const sent: string[] = [];
  const timers = new Set<() => void>();
  let isThere = false;
  const { page, arrived } = createPlatformPage({
    isExpected,
    waitMs: 20_000,
    sendNow: async (action) => {
      await Promise.resolve();
      if (isThere) sent.push(action);
      return isThere;
    },
    timers: {
      after(_milliseconds, work) {
        timers.add(work);
        return () => timers.delete(work);
      },
    },
  });
  return {
    page,
    sent,
    timers,
    come(): void {
      isThere = true;
      arrived();
    },
    timeIsUp: () => [...timers].forEach((work) => work()),
  };
}

describe('what the provider has to show before the platform page is there', () => {
  it('waits for it and arrives once, with nothing left to wait for', async () => {
    const { page, sent, come, timers } = scene();
    const opening = page.send('platform.openRecordView', view);
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
    come();
    expect(await opening).toBe(true);
    expect(sent).toEqual(['platform.openRecordView']);
    expect(timers.size).toBe(0);
  });

  it('is not missed by a page that comes in the moment of sending', async () => {
    const { page, sent, come } = scene();
    const opening = page.send('platform.openRecordView', view);
    come();
    expect(await opening).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it('is given up when none comes in the time that a raiser has', async () => {
    const { page, timeIsUp } = scene();
    const opening = page.send('platform.openSignInWindow', {
      signInId: 's',
      url: 'https://acme.my.salesforce.com/',
      orgUrl: 'https://acme.my.salesforce.com',
      width: 1,
      height: 1,
    });
    await new Promise((resolve) => setImmediate(resolve));
    timeIsUp();
    expect(await opening).toBe(false);
  });

  it('waits for nothing where the desktop has no such page, or there is only something to take away', async () => {
    expect(await scene({ isExpected: false }).page.send('platform.openRecordView', view)).toBe(false);
    expect(await scene().page.send('platform.closeSignInWindow', { signInId: 's' })).toBe(false);
  });
});
