/** Control+K, by which a person opens the search of the desktop, wherever on it they are. */
import { z } from '../zod.ts';

const searchWanted = z.object({ type: z.literal('salesforce-interop.searchWanted') });

/** What of a window is used here. */
type PageWindow = Pick<Window, 'parent' | 'addEventListener' | 'document'>;

const isSearchKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;

/**
 * Tells the platform page, from an app in a frame of it, that the person has pressed Control+K: keys that are pressed
 * in a frame of another origin do not reach the page around it. When the search is closed, the person is where they
 * were: a browser gives the focus back to the frame only.
 */
export function passOnSearchKey(page: PageWindow = window): void {
  page.addEventListener('keydown', (event) => {
    if (page.parent === (page as Window) || !isSearchKey(event)) return;
    event.preventDefault();
    const focused = page.document.activeElement;
    page.addEventListener('focus', () => focused instanceof HTMLElement && focused.focus(), { once: true });
    const message: z.infer<typeof searchWanted> = { type: 'salesforce-interop.searchWanted' };
    // Which page frames this one is not known here, and may know that a key was pressed.
    page.parent.postMessage(message, '*');
  });
}

/**
 * Calls back, in the platform page, when the person presses Control+K there or in a frame of it, with that frame. It
 * cannot be asked whether the person is in the frame: Chromium goes on naming the frame that the page itself has given
 * the focus to (`document.activeElement`) after a click into another. What an app wins by a made-up key is that the
 * search is open, which tells it nothing.
 */
export function onSearchKey(open: (from?: HTMLIFrameElement) => void, page: Window = window): void {
  page.addEventListener('keydown', (event) => {
    if (!isSearchKey(event)) return;
    event.preventDefault();
    open();
  });
  page.addEventListener('message', ({ data, source }) => {
    if (source === null || !searchWanted.safeParse(data).success) return;
    const frames = [...page.document.querySelectorAll('iframe')];
    const from = frames.find(({ contentWindow }) => contentWindow === source);
    if (from) open(from);
  });
}
