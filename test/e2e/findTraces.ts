import type { BrowserContext, Frame } from 'playwright-core';

/** All that a document shows or keeps: its markup, what its fields hold, title, address and storage. */
function readDocument(): Promise<Record<string, string>> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
    });
  const fields = [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input, textarea, select'),
  ];
  const read = async (): Promise<Record<string, string>> => {
    const stored: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie];
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name!));
      for (const store of database.objectStoreNames)
        stored.push(await settled(database.transaction(store).objectStore(store).getAll()));
      database.close();
    }
    for (const name of await caches.keys()) stored.push((await (await caches.open(name)).keys()).map(({ url }) => url));
    return {
      markup: document.documentElement.outerHTML,
      fields: fields.map(({ value }) => value).join('\n'),
      title: document.title,
      address: decodeURIComponent(location.href),
      history: JSON.stringify(history.state),
      name: window.name,
      storage: JSON.stringify(stored),
    };
  };
  return read();
}

async function tracesIn(frame: Frame, marks: readonly string[]): Promise<string[]> {
  const document = await frame.evaluate(readDocument).catch((error: unknown) => {
    // A window that closes meanwhile shows nothing any more.
    if (frame.isDetached() || frame.page().isClosed()) return {} as Record<string, string>;
    throw error;
  });
  const found = Object.entries(document).flatMap(([part, text]) =>
    marks.filter((mark) => text.includes(mark)).map((mark) => `${mark} in the ${part}`),
  );
  return found.map((trace) => `${frame.url()} ${document['title']}: ${trace}`);
}

/** Where any of these texts is to be found, in all pages and frames of a browser. */
export async function findTraces(context: BrowserContext, marks: readonly string[]): Promise<string[]> {
  const frames = context
    .pages()
    .flatMap((page) => page.frames())
    .filter((frame) => frame.url().startsWith('http') && !frame.isDetached());
  return (await Promise.all(frames.map((frame) => tracesIn(frame, marks)))).flat();
}
