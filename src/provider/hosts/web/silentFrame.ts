import { deferred } from '../../../deferred.ts';
import type { WindowEvent } from '../../../outcomes/outcomes.ts';
import { systemTimers } from '../../../time.ts';
import type { SignInWindow } from '../host.ts';

/** How long the return page has to report once the frame has loaded its last page. */
const reportMs = 1_500;

/**
 * The authorize page in a frame that nobody sees (`immediate=true`). Where the browser keeps the org's cookies from
 * frames, or the org shows a page that may not be framed, it ends as unattended: the frame has loaded, and the return
 * page has not reported.
 */
export function openSilentFrame(url: string): SignInWindow {
  const ended = deferred<WindowEvent>();
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Signing in to Salesforce';
  frame.tabIndex = -1;
  // No window of its own, no download, nothing on top: whatever page comes can only lead on.
  frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms');
  frame.addEventListener('load', () => systemTimers.after(reportMs, () => ended.resolve('unattended')));
  frame.src = url;
  document.body.append(frame);
  return { ended: ended.promise, close: async () => frame.remove() };
}
