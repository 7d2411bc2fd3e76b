import type { BrowserContext, Request } from 'playwright-core';

/** Everything that was seen outside the token worker, each with where it was seen. */
export interface Sighting {
  where: string;
  text: string;
}

/**
 * Records whatever leaves the token worker or reaches a page: messages of workers, ports, windows and broadcast channels
 * both ways, console, pages, storage, and network traffic other than the worker's own with the org.
 */
export async function watchForLeaks(context: BrowserContext, orgUrl: string) {
  const sightings: Sighting[] = [];
  const see = (where: string, text: string): void => void sightings.push({ where, text });

  await context.exposeBinding('reportMessage', ({ frame }, where: string, text: string) => see(`${where} in ${new URL(frame.url()).pathname} of ${new URL(frame.url()).origin}`, text));
  await context.addInitScript(() => {
    const report = (where: string, data: unknown): void => {
      let text: string;
      try {
        text = JSON.stringify(data) ?? String(data);
      } catch {
        text = String(data);
      }
      void (window as unknown as { reportMessage(where: string, text: string): Promise<void> }).reportMessage(where, text);
    };
    const listenTo = (where: string, target: EventTarget): void => target.addEventListener('message', (event) => report(where, (event as MessageEvent).data));
    listenTo('window message', window);
    for (const name of ['Worker', 'SharedWorker', 'BroadcastChannel'] as const) {
      const Native = window[name] as unknown as new (...args: never[]) => EventTarget & { port?: EventTarget };
      (window as unknown as Record<string, unknown>)[name] = new Proxy(Native, {
        construct(target, args, newTarget) {
          const made = Reflect.construct(target, args, newTarget) as EventTarget & { port?: EventTarget };
          // The return page hands the redirect URL to the worker on this channel; that is the flow itself.
          if (!String(args[0]).includes('sign-in-return')) listenTo(`${name} message`, made.port ?? made);
          return made;
        },
      });
    }
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: Parameters<MessagePort['postMessage']>) {
      report('message sent to a port', args[0]);
      return post.apply(this, args);
    } as MessagePort['postMessage'];
  });
  context.on('console', (message) => see('console', message.text()));
  context.on('weberror', (error) => see('page error', String(error.error().stack)));
  context.on('request', (request) => {
    if (isOfTheFlow(request, orgUrl)) return;
    see(`request to ${new URL(request.url()).origin}`, JSON.stringify([request.url(), request.headers(), request.postData()]));
  });

  return {
    sightings,
    /** Adds what pages show and store right now. */
    async inspect(): Promise<void> {
      for (const page of context.pages()) {
        for (const frame of page.frames()) {
          if (frame.url().startsWith(orgUrl) || frame.isDetached()) continue;
          see(`page ${frame.url()}`, await frame.content().catch(() => ''));
          see(`storage of ${frame.url()}`, await frame.evaluate(storedText).catch(() => ''));
        }
      }
    },
    see,
  };
}

/** The browser's own navigation to the org and back, and the worker's requests, are where the secrets belong. */
function isOfTheFlow(request: Request, orgUrl: string): boolean {
  const { pathname } = new URL(request.url());
  return request.url().startsWith(orgUrl) || (pathname === '/signed-in.html' && request.isNavigationRequest());
}

async function storedText(): Promise<string> {
  const databases = await indexedDB.databases();
  const caches = await globalThis.caches?.keys?.().catch(() => []);
  return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases.map(({ name }) => name), caches, history.state]);
}
