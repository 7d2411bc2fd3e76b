import { deferred } from '../../../deferred.ts';
import type { WindowEvent } from '../../../outcomes/outcomes.ts';
import { systemTimers } from '../../../time.ts';
import type { SignInWindow } from '../host.ts';

/** Milliseconds in which the return page has to report, once the frame has loaded its last page. */
const reportMs = 1_500;

/**
 * Opens the authorize page in a hidden frame (`immediate=true`). Where the browser blocks the org's cookies in frames,
 * or the org shows a page that may not be framed, the frame loads and the return page does not report; that ends the
 * sign-in as unattended.
 */
export function openSilentFrame(url: string): SignInWindow {
  const ended = deferred<WindowEvent>();
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = 'Signing in to Salesforce';
  frame.tabIndex = -1;
  // The frame may open no window, start no download and not navigate the top page: it can only lead on by itself.
  frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms');
  frame.addEventListener('load', () => systemTimers.after(reportMs, () => ended.resolve('unattended')));
  frame.src = url;
  document.body.append(frame);
  return { ended: ended.promise, close: async () => frame.remove() };
}
