import type { Notice, noticeAnswered } from '../channel/protocol.ts';
import type { FailureCode } from '../outcomes/failure.ts';
import type { z } from '../zod.ts';
import type { FailedIntent } from '../intents/intentServices.ts';

interface IntentNoticesOptions {
  /** Shows a notice, where the host has a place for it. */
  tellPerson: ((notice: Notice) => Promise<unknown>) | undefined;
  /** The name that people know an app by, from its FDC3 app id. */
  appName: (appId: string) => string | undefined;
  /** Opens a view to search in. */
  search: (failed: FailedIntent) => void;
}

/** Notices that may still be answered. A person cannot go through more, and an app can cause any number. */
const mostKept = 20;
/** Failures after which signing in helps. */
const wantSignIn: readonly FailureCode[] = [
  'SIGN_IN_REQUIRED',
  'SESSION_ENDED',
  'INTERACTION_REQUIRED',
  'SIGN_IN_TIMED_OUT',
];
/** Failures that a repetition cannot change, as the configuration causes them. */
const final: readonly FailureCode[] = ['APP_NOT_ALLOWED', 'INVALID_PARAMETER'];

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export type IntentNotices = ReturnType<typeof createIntentNotices>;

/** Tells the person which intents were refused or have failed, and does what they choose to do about it. */
export function createIntentNotices({ tellPerson, appName, search }: IntentNoticesOptions) {
  const kept = new Map<string, { about: string; failed: FailedIntent; ways: Notice['ways'] }>();

  function waysOf({ error, search: { query } }: FailedIntent): Notice['ways'] {
    if (error.code === 'APP_NOT_ALLOWED') return [];
    if (wantSignIn.includes(error.code)) return ['signIn'];
    const again = final.includes(error.code) ? [] : (['retry'] as const);
    return error.code === 'INVALID_PARAMETER' || query !== '' ? [...again, 'search'] : [...again];
  }

  function appOf({ caller: { appId } }: FailedIntent): string {
    if (appId === undefined) return 'An app that the desktop does not name';
    return appName(appId) ?? `The app “${appId.slice(0, 80)}”`;
  }

  return {
    failed(failed: FailedIntent): void {
      if (!tellPerson) return;
      const title = `${appOf(failed)} wanted to ${failed.verb} ${failed.subject}.`;
      const about = JSON.stringify([title, failed.error.code, failed.error.reason]);
      const [known] = [...kept].find(([, one]) => one.about === about) ?? [];
      // The person has been told of this already; their answer then concerns the latest intent of the same kind.
      const noticeId = known ?? crypto.randomUUID();
      const ways = waysOf(failed);
      kept.set(noticeId, { about, failed, ways });
      for (const [oldest] of kept) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      if (known === undefined) void tellPerson({ noticeId, title, message: asSentence(failed.error.reason), ways });
    },

    /** Does what the person has chosen on a notice, which is not shown any more. */
    answered({ noticeId, way }: z.output<typeof noticeAnswered>): void {
      const notice = kept.get(noticeId);
      kept.delete(noticeId);
      if (!notice || way === 'dismiss' || !notice.ways.includes(way)) return;
      if (way === 'search') search(notice.failed);
      else void notice.failed.retry();
    },

    /** Forgets all notices when the person leaves, so that the next one cannot act on them. */
    forget: (): void => kept.clear(),
  };
}
