import { randomUUID } from 'node:crypto';
import type { BrowserContext, Request } from 'playwright-core';
import { findLeaks, type Leak, type RedirectWay, type Secret, type Sighting } from './findLeaks.ts';
import { installPageProbe, storedText, takeUnreported, type Reports } from './pageProbe.ts';

/** Path of the page that the org redirects to. */
const returnPath = '/signed-in.html';
/** The browser's navigation to the return page, and that page's word to the token worker. */
const throughTheBrowser = [
  /^navigation to \S+\/signed-in\.html$/u,
  /^BroadcastChannel salesforce-interop\.sign-in-return /u,
];
/** In the container the runtime tells the provider where its sign-in window is, and the provider tells the worker. */
const throughTheRuntime = [/^runtime to salesforce-interop\//u, /^Worker sent in \/ of /u];

/**
 * Records whatever leaves the token worker or reaches a page: messages of workers, ports, windows and broadcast
 * channels both ways, console, pages, storage, and network traffic other than that with the org.
 */
export class LeakWatch {
  readonly sightings: Sighting[] = [];
  readonly #orgUrl: string;
  readonly #way: RedirectWay;
  readonly #mark = randomUUID();

  constructor(orgUrl: string, { container = false } = {}) {
    this.#orgUrl = orgUrl;
    this.#way = { returnPath, places: container ? [...throughTheBrowser, ...throughTheRuntime] : throughTheBrowser };
  }

  readonly see = (where: string, text: string): void => void this.sightings.push({ where, text });

  /** Watches all pages of a context from now on; to be called before there is any. */
  async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(installPageProbe, this.#mark);
    context.on('console', (message) => {
      const text = message.text();
      if (!text.startsWith(this.#mark)) return this.see('console', text);
      return this.#seeAll(JSON.parse(text.slice(this.#mark.length)) as Reports);
    });
    context.on('weberror', (error) => this.see('page error', String(error.error().stack)));
    context.on('request', (request) => this.#seeRequest(request));
  }

  /** Adds what the pages of a context show and store right now: at its end at the latest. */
  async inspect(context: BrowserContext): Promise<void> {
    this.see('cookies', JSON.stringify(await context.cookies()));
    for (const frame of context.pages().flatMap((page) => page.frames())) {
      if (!URL.canParse(frame.url()) || frame.url().startsWith(this.#orgUrl) || frame.isDetached()) continue;
      const { origin, pathname } = new URL(frame.url());
      this.see(`page ${pathname} of ${origin}`, `${frame.url()}\n${await frame.content().catch(() => '')}`);
      this.see(`storage of ${origin}`, await frame.evaluate(storedText).catch(() => ''));
      this.#seeAll(await frame.evaluate(takeUnreported, this.#mark).catch(() => []));
    }
  }

  #seeAll(reports: Reports): void {
    for (const [where, text] of reports) this.see(where, text);
  }

  /** @param secrets What the org has issued and seen. */
  leaks(secrets: readonly Secret[]): Leak[] {
    return findLeaks(this.sightings, secrets, this.#way);
  }

  #seeRequest(request: Request): void {
    const url = request.url();
    if (url.startsWith(this.#orgUrl)) return;
    const { origin, pathname } = new URL(url);
    const isNavigation = request.isNavigationRequest();
    this.see(
      isNavigation ? `navigation to ${origin}${pathname}` : `request to ${origin}`,
      JSON.stringify([url, request.headers(), request.postData()]),
    );
  }
}
