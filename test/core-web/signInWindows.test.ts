import { jest } from '@jest/globals';
import { createSignInWindows, type SignInInProgress } from '../../src/core-web/signInWindows.ts';

const request = {
  signInId: 's1',
  url: 'https://acme.my.salesforce.com/authorize',
  orgUrl: 'https://acme.my.salesforce.com',
  width: 560,
  height: 720,
};

/** A browser window as the platform page sees it: at first empty, and after `leave` another origin's. */
function popup() {
  const state = { closed: false, away: false, focused: 0 };
  const events = new EventTarget();
  return Object.assign(state, {
    addEventListener: events.addEventListener.bind(events),
    leave: () => {
      state.away = true;
      events.dispatchEvent(new Event('pageswap'));
    },
    focus: () => {
      state.focused += 1;
    },
    close: () => {
      state.closed = true;
    },
    location: {
      get href(): string {
        if (state.away) throw new DOMException('another origin', 'SecurityError');
        return 'about:blank';
      },
    },
  });
}

function open(windows: (ReturnType<typeof popup> | null)[], { tellsOfLeaving = true } = {}) {
  const reports: string[] = [];
  const opened: string[] = [];
  let shown: readonly SignInInProgress[] = [];
  const page = {
    ...(tellsOfLeaving && { onpageswap: null }),
    screenX: 100,
    screenY: 50,
    outerWidth: 1560,
    outerHeight: 920,
    screen: { availWidth: 1920, availHeight: 1040 },
    open: (url: string, _name: string, features: string) => {
      opened.push(`${url} ${features}`);
      return windows.shift() ?? null;
    },
  } as unknown as Window;
  const signIns = createSignInWindows({
    page,
    report: (id, event) => reports.push(`${id} ${event}`),
    onChanged: (now) => {
      shown = now;
    },
  });
  return { signIns, reports, opened, shown: () => shown };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a sign-in window', () => {
  it('opens in the middle of the page and shows the authorize page', () => {
    const { signIns, reports, opened, shown } = open([popup()]);
    signIns.open(request);
    expect(opened).toEqual([`${request.url} popup=yes,width=560,height=720,left=600,top=150`]);
    expect(reports).toEqual(['s1 opened']);
    expect(shown()).toMatchObject([{ signInId: 's1', stage: 'open' }]);
  });

  it('waits for a click when the browser blocks it', () => {
    const { signIns, reports, shown } = open([null, popup()]);
    signIns.open(request);
    expect(reports).toEqual(['s1 blocked']);
    expect(shown()).toMatchObject([{ stage: 'blocked' }]);
    signIns.show('s1');
    expect(reports).toEqual(['s1 blocked', 's1 opened']);
    expect(shown()).toMatchObject([{ stage: 'open' }]);
  });

  it('counts as closed a second after the person closed a page of the org', () => {
    const window = popup();
    const { signIns, reports, shown } = open([window]);
    signIns.open(request);
    window.leave();
    jest.advanceTimersByTime(500);
    window.close();
    jest.advanceTimersByTime(800);
    expect(reports).not.toContain('s1 closed');
    jest.advanceTimersByTime(1_500);
    expect(reports).toEqual(['s1 opened', 's1 closed']);
    expect(shown()).toEqual([]);
  });

  it('counts as closed at once when the org has not shown anything yet', () => {
    const window = popup();
    const { signIns, reports } = open([window]);
    signIns.open(request);
    window.close();
    jest.advanceTimersByTime(100);
    expect(reports).toEqual(['s1 opened', 's1 closed']);
  });

  it.each([
    ['at once', 0],
    ['after a moment as a page of another origin', 100],
  ])('does not count as closed when a page with COOP makes it look so %s', (_when, milliseconds) => {
    const window = popup();
    const { signIns, reports, shown } = open([window]);
    signIns.open(request);
    window.leave();
    jest.advanceTimersByTime(milliseconds);
    window.closed = true;
    jest.advanceTimersByTime(60_000);
    expect(reports).toEqual(['s1 opened']);
    expect(shown()).toHaveLength(1);
  });

  it('does not count as closed where the browser cannot tell whether it has left its empty page', () => {
    const window = popup();
    const { signIns, reports } = open([window], { tellsOfLeaving: false });
    signIns.open(request);
    window.closed = true;
    jest.advanceTimersByTime(60_000);
    expect(reports).toEqual(['s1 opened']);
  });

  it('opened anew has to leave its own empty page', () => {
    const [first, second] = [popup(), popup()];
    const { signIns, reports } = open([first, second]);
    signIns.open(request);
    first.leave();
    first.closed = true;
    signIns.show('s1');
    second.close();
    jest.advanceTimersByTime(100);
    expect(reports).toEqual(['s1 opened', 's1 opened', 's1 closed']);
  });

  it('is not reported as closed when the sign-in succeeded in time', () => {
    const window = popup();
    const { signIns, reports } = open([window]);
    signIns.open(request);
    window.leave();
    jest.advanceTimersByTime(500);
    window.close();
    jest.advanceTimersByTime(500);
    signIns.close('s1');
    jest.advanceTimersByTime(5_000);
    expect(reports).toEqual(['s1 opened']);
  });

  it('closes when the person cancels, and says so once', () => {
    const window = popup();
    const { signIns, reports, shown } = open([window]);
    signIns.open(request);
    signIns.cancel('s1');
    signIns.cancel('s1');
    expect(window.closed).toBe(true);
    expect(reports).toEqual(['s1 opened', 's1 cancelled']);
    expect(shown()).toEqual([]);
  });

  it('is brought to the front while it is there, and opened anew when it is gone', () => {
    const first = popup();
    const second = popup();
    const { signIns, opened } = open([first, second]);
    signIns.open(request);
    signIns.show('s1');
    expect(first.focused).toBe(1);
    first.close();
    signIns.show('s1');
    expect(opened).toHaveLength(2);
  });

  it('goes away with the provider that asked for it', () => {
    const windows = [popup(), popup()] as const;
    const { signIns, shown } = open([...windows]);
    signIns.open(request);
    signIns.open({ ...request, signInId: 's2' });
    signIns.closeAll();
    expect(windows.map(({ closed }) => closed)).toEqual([true, true]);
    expect(shown()).toEqual([]);
  });
});
