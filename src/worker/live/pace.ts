import type { OrgUsage } from '../../channel/orgUsage.ts';
import { nextPauseMs } from '../../time.ts';
import type { LiveSettings } from '../pipeline/pipelineSettings.ts';
import type { LiveState, Trouble } from './trouble.ts';

interface PaceOptions {
  settings: LiveSettings;
  now: () => number;
}

/** Pauses between rounds that fail one after another. */
const backOff = { firstMs: 5_000, longestMs: 300_000 };
/** By so much rounds are rarer while the org's requests run short. */
const slowedBy = 4;

const live: LiveState = { kind: 'state', state: 'live' };
const slowed: LiveState = {
  kind: 'state',
  state: 'delayed',
  message: 'Most of the requests that Salesforce allows in a day are used, so that changes are looked for more rarely.',
};

export type Pace = ReturnType<typeof createPace>;

/** How often a session is asked for changes, and in which state that is. */
export function createPace({ settings, now }: PaceOptions) {
  let state = live;
  let pauseMs = 0;
  let restsUntil = 0;
  let factor = 1;
  let writtenAt = 0;
  let betweenMs = 0;

  return {
    /** The state, which everybody who is subscribed is told. */
    state: (): LiveState => state,

    /** Milliseconds between two looks at a target. */
    intervalMs: (isLookedAt: boolean): number => (isLookedAt ? settings.lookedAtMs : settings.unseenMs) * factor,

    /** Milliseconds for which nothing is asked at all. Bounded, as the clock may be set back meanwhile. */
    restMs: (): number => Math.min(Math.max(0, restsUntil - now()), pauseMs),

    /**
     * A write through the provider has ended.
     *
     * @returns when to look: at once after the first of several, and the rarer, the longer they go on
     */
    lookAfterWrite(): number {
      const quietMs = now() - writtenAt;
      // It is negative when the clock was set back.
      if (quietMs < 0 || quietMs > quietAfterMs) betweenMs = 0;
      const at = quietMs < 0 ? now() : Math.max(now(), writtenAt + betweenMs);
      betweenMs = Math.min(longestBetweenMs, Math.max(firstBetweenMs, betweenMs * 2));
      writtenAt = at;
      return at;
    },

    /** The org has answered. `background`: what becomes of requests that nobody waits for. */
    answered(background: OrgUsage['background']): void {
      // Somebody waited for that answer: rounds rest as before.
      if (background === 'refused') return;
      pauseMs = 0;
      restsUntil = 0;
      factor = background === 'slowed' ? slowedBy : 1;
      state = background === 'slowed' ? slowed : live;
    },

    /** The org has not been asked, or has not answered. */
    failed({ does, message, untilMs }: Exclude<Trouble, { does: 'end' }>): void {
      // What is paused waits for somebody, who says so: looking is cheap meanwhile.
      pauseMs = does === 'paused' ? settings.lookedAtMs : nextPauseMs(pauseMs, backOff);
      if (untilMs !== undefined) pauseMs = Math.min(Math.max(pauseMs, untilMs - now()), longestRestMs);
      restsUntil = now() + pauseMs;
      state = { kind: 'state', state: does, message, ...(untilMs !== undefined && { untilMs }) };
    },

    /** Whatever stood in the way may be gone. */
    wake(): void {
      restsUntil = 0;
    },
  };
}

/** Bounds of the time between two looks while writes follow each other, and when that begins anew. */
const firstBetweenMs = 100;
const longestBetweenMs = 2_000;
const quietAfterMs = 5_000;

/** However long the org wants to be left alone, it is looked after again. */
const longestRestMs = 3_600_000;
