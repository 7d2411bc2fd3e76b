import type { z } from '../../../zod.ts';
import type { signInWindowEvent } from '../../../channel/protocol.ts';
import { deferred } from '../../../deferred.ts';
import { failure, success } from '../../../outcomes/failure.ts';
import { outcomeFailure, type WindowEvent } from '../../../outcomes/outcomes.ts';
import type { Host } from '../host.ts';
import type { PlatformPage } from './platformPage.ts';
import { openSilentFrame } from './silentFrame.ts';

/** The windows of a browser: a page that the person has clicked on opens them, and reports what they did with them. */
export function createPlatformWindows(platformPage: PlatformPage) {
  const signInWindows = new Map<string, (how: WindowEvent) => void>();
  const recordViews = new Map<string, () => void>();

  const opened = {
    async openSignInWindow({ signInId, url, orgUrl, width, height, visible }) {
      if (!visible) return success(openSilentFrame(url));
      const ended = deferred<WindowEvent>();
      signInWindows.set(signInId, ended.resolve);
      const isOpen = await platformPage.send('platform.openSignInWindow', { signInId, url, orgUrl, width, height });
      if (!isOpen) {
        signInWindows.delete(signInId);
        return outcomeFailure({ stage: 'window', event: 'noPlatformPage' });
      }
      return success({
        ended: ended.promise,
        async close() {
          signInWindows.delete(signInId);
          await platformPage.send('platform.closeSignInWindow', { signInId });
        },
      });
    },

    async openRecordView(view, onClosed) {
      const { viewId } = view;
      recordViews.set(viewId, onClosed);
      if (await platformPage.send('platform.openRecordView', view)) {
        return success({
          bringToFront: () => platformPage.send('platform.openRecordView', view),
          async close() {
            recordViews.delete(viewId);
            await platformPage.send('platform.closeRecordView', { viewId });
          },
        });
      }
      recordViews.delete(viewId);
      return failure(
        'INTERACTION_REQUIRED',
        'Showing a record needs the platform page, and none is connected. Open it and try again.',
      );
    },

    tellPerson: (notice) => platformPage.send('platform.notice', notice),
  } satisfies Pick<Host, 'openSignInWindow' | 'openRecordView' | 'tellPerson'>;

  return {
    opened,
    signInWindow({ signInId, event }: z.output<typeof signInWindowEvent>): void {
      if (event === 'closed' || event === 'cancelled') signInWindows.get(signInId)?.(event);
    },
    recordViewClosed(viewId: string): void {
      recordViews.get(viewId)?.();
      recordViews.delete(viewId);
    },
  };
}
