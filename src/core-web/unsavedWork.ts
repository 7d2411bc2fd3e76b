/**
 * What a person has typed into an app and not saved yet: the app says that there is some, so that the platform can ask
 * before it closes the app or signs the person out. What it is, stays in the app.
 */
import { z } from '../zod.ts';

const unsavedWork = z.object({ type: z.literal('salesforce-interop.unsavedWork'), unsaved: z.boolean() });

/** What of a window is used here. */
type PageWindow = Pick<Window, 'parent' | 'addEventListener'>;

/**
 * Makes the function by which an app says whether something typed in it is not saved. It may be called at each change:
 * only another answer is sent. Where the app is in no frame, nobody is told; there the browser itself asks, by
 * `beforeunload`.
 */
export function unsavedWorkTeller(page: PageWindow = window): (unsaved: boolean) => void {
  let told = false;
  return (unsaved) => {
    if (unsaved === told) return;
    told = unsaved;
    const message: z.infer<typeof unsavedWork> = { type: 'salesforce-interop.unsavedWork', unsaved };
    // Which page frames this one is not known here, and may know this much.
    if (page.parent !== (page as Window)) page.parent.postMessage(message, '*');
  };
}

/** Listens, in the platform page, to what the apps in its frames say. */
export function watchUnsavedWork(page: PageWindow = window) {
  const unsaved = new WeakSet<object>();
  page.addEventListener('message', ({ data, source }) => {
    const message = unsavedWork.safeParse(data);
    if (!message.success || source === null) return;
    if (message.data.unsaved) unsaved.add(source);
    else unsaved.delete(source);
  });
  return {
    /** Those of these frames that have said that something in them is not saved. */
    among: (frames: Iterable<HTMLIFrameElement>): HTMLIFrameElement[] =>
      [...frames].filter(({ contentWindow }) => contentWindow && unsaved.has(contentWindow)),
  };
}
