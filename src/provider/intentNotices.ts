import type { Notice, noticeAnswered } from '../channel/protocol.ts';
import type { FailureCode } from '../outcomes/failure.ts';
import type { z } from '../zod.ts';
import type { FailedIntent } from '../intents/intentServices.ts';

interface IntentNoticesOptions {
  /** Shows a notice, where the host has a place for it. */
  tellPerson: ((notice: Notice) => Promise<unknown>) | undefined;
  /** What people know an app as, by its FDC3 app id. */
  appName: (appId: string) => string | undefined;
  /** Opens a view to search in. */
  search: (failed: FailedIntent) => void;
}

/** Notices that may still be answered. A person cannot look through more, and an app can make any number. */
const mostKept = 20;
/** Signing in is what is missing. */
const wantSignIn: readonly FailureCode[] = [
  'SIGN_IN_REQUIRED',
  'SESSION_ENDED',
  'INTERACTION_REQUIRED',
  'SIGN_IN_TIMED_OUT',
];
/** Trying again with the same context comes to the same, until somebody has changed a configuration. */
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
      const title = `${appOf(failed)} wanted to show ${failed.subject}.`;
      const about = JSON.stringify([title, failed.error.code, failed.error.reason]);
      const [known] = [...kept].find(([, one]) => one.about === about) ?? [];
      // The person is told already; what they do about it concerns the latest of the same kind.
      const noticeId = known ?? crypto.randomUUID();
      const ways = waysOf(failed);
      kept.set(noticeId, { about, failed, ways });
      for (const [oldest] of kept) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      if (known === undefined) void tellPerson({ noticeId, title, message: asSentence(failed.error.reason), ways });
    },

    /** What the person did about a notice, which they see no longer. */
    answered({ noticeId, way }: z.output<typeof noticeAnswered>): void {
      const notice = kept.get(noticeId);
      kept.delete(noticeId);
      if (!notice || way === 'dismiss' || !notice.ways.includes(way)) return;
      if (way === 'search') search(notice.failed);
      else void notice.failed.retry();
    },

    /** The person has left: the next one can do nothing about what was meant for them. */
    forget: (): void => kept.clear(),
  };
}
