import type { z } from '../../../zod.ts';
import type {
  closeRecordView,
  closeSignInWindow,
  notice,
  openRecordView,
  openSignInWindow,
} from '../../../channel/protocol.ts';
import { systemTimers, type Timers } from '../../../time.ts';

interface PlatformMessages {
  'platform.openSignInWindow': z.input<typeof openSignInWindow>;
  'platform.closeSignInWindow': z.input<typeof closeSignInWindow>;
  'platform.openRecordView': z.input<typeof openRecordView>;
  'platform.closeRecordView': z.input<typeof closeRecordView>;
  'platform.notice': z.input<typeof notice>;
}

/**
 * The platform page, reached through the channel. It alone can open windows on a click and show something to the
 * person.
 */
export interface PlatformPage {
  /** @returns whether it has arrived. */
  send<A extends keyof PlatformMessages>(action: A, payload: PlatformMessages[A]): Promise<boolean>;
}

interface PlatformPageOptions {
  /** Hands a message to the platform page that is connected now, if one is. */
  sendNow: <A extends keyof PlatformMessages>(action: A, payload: PlatformMessages[A]) => Promise<boolean>;
  /** Whether the configuration lists a platform page at all. */
  isExpected: boolean;
  waitMs?: number;
  timers?: Timers;
}

/**
 * Milliseconds to wait for the platform page. A desktop agent waits as long for the app of an intent: FDC3 asks for at
 * least 15 s, and core-web's broker waits 20 s.
 */
const platformWaitMs = 20_000;
/** Messages that mean nothing to a page that connects later. */
const onlyNow: ReadonlySet<keyof PlatformMessages> = new Set([
  'platform.closeSignInWindow',
  'platform.closeRecordView',
]);

/**
 * Sends messages to the platform page, and keeps them until it has connected. The provider's frame may be ready long
 * before the page around it, and be asked to show something meanwhile.
 */
export function createPlatformPage({
  sendNow,
  isExpected,
  waitMs = platformWaitMs,
  timers = systemTimers,
}: PlatformPageOptions) {
  const waiting = new Set<(arrived: boolean) => void>();

  const page: PlatformPage = {
    async send(action, payload) {
      if (!isExpected || onlyNow.has(action)) return sendNow(action, payload);
      let settle: (arrived: boolean) => void = () => undefined;
      const wait = (arrived: boolean): void => settle(arrived);
      waiting.add(wait);
      let isLate = false;
      const callOff = timers.after(waitMs, () => {
        isLate = true;
        wait(false);
      });
      try {
        for (;;) {
          // Listens before it sends, so that a page that connects meanwhile is not missed.
          const arrival = new Promise<boolean>((resolve) => (settle = resolve));
          if (await sendNow(action, payload)) return true;
          if (isLate || !(await arrival)) return false;
        }
      } finally {
        callOff();
        waiting.delete(wait);
      }
    },
  };
  return {
    page,
    /** To be called when a platform page has been admitted. */
    arrived(): void {
      for (const wait of [...waiting]) wait(true);
    },
  };
}
