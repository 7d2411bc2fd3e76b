/** What an app's page is called now: the app says it, so that the platform can call its pane so. */
import { z } from '../zod.ts';

const longestTitle = 200;
const pageTitle = z.object({ type: z.literal('salesforce-interop.title'), title: z.string().max(longestTitle) });

/** What of a window is used here. */
type PageWindow = Pick<Window, 'parent'> & { document: Document };

/** Says what the page is called, now and whenever it changes. Where the page is in no frame, nobody is told. */
export function tellPageTitle(page: PageWindow = window): void {
  if (page.parent === (page as unknown as Window)) return;
  let told: string | undefined;
  const tell = (): void => {
    const title = page.document.title.slice(0, longestTitle);
    if (title === told) return;
    told = title;
    const message: z.infer<typeof pageTitle> = { type: 'salesforce-interop.title', title };
    // Which page frames this one is not known here; it has opened this page, and for what.
    page.parent.postMessage(message, '*');
  };
  new MutationObserver(tell).observe(page.document.head, { subtree: true, childList: true, characterData: true });
  tell();
}

/**
 * Listens, in the platform page, to what pages in its frames are called.
 *
 * @param onTitle `source` is the window that says so of itself
 */
export function watchPageTitles(
  onTitle: (source: MessageEventSource, title: string) => void,
  page: Pick<Window, 'addEventListener'> = window,
): void {
  page.addEventListener('message', ({ data, source }) => {
    const message = pageTitle.safeParse(data);
    if (message.success && source !== null) onTitle(source, message.data.title);
  });
}
