import type { CDPSession } from 'playwright-core';
import { z } from 'zod';
import type { ContainerWindow } from './containerWindow.ts';
import { matchPattern } from './domainRules.ts';

/** The window options of `@openfin/core` 40 that decide where a page may lead and what it may open. */
const contentOptions = z.looseObject({
  contentNavigation: z.looseObject({ allowlist: z.array(z.string()).optional() }).optional(),
  contentRedirect: z.looseObject({ allowlist: z.array(z.string()).optional() }).optional(),
  contentCreation: z
    .looseObject({ rules: z.array(z.looseObject({ behavior: z.string(), match: z.array(z.string()) })) })
    .optional(),
});

/**
 * Stops what a window's content rules do not let its page do, before any request leaves the browser. As in the runtime
 * a page that is stopped stays where it was, frames are concerned by redirects only, and what the application itself
 * opens is not asked about.
 *
 * @param tell Gets the runtime's event.
 */
export async function enforceContentRules(
  window: ContainerWindow,
  tell: (type: 'navigation-rejected' | 'child-content-blocked', url: string) => void,
): Promise<void> {
  const { page } = window;
  const { contentNavigation, contentRedirect, contentCreation } = contentOptions.parse(window.options);
  page.on('popup', (popup) => {
    const url = popup.url();
    const rule = contentCreation?.rules.find(({ match }) => match.some((pattern) => isMatch(pattern, url)));
    if (rule?.behavior !== 'block') return;
    tell('child-content-blocked', url);
    void popup.close();
  });
  if (!contentNavigation?.allowlist && !contentRedirect?.allowlist) return;

  const devTools: CDPSession = await page.context().newCDPSession(page);
  const { frameTree } = await devTools.send('Page.getFrameTree');
  devTools.on('Fetch.requestPaused', ({ requestId, frameId, redirectedRequestId, request: { url } }) => {
    const isRedirect = redirectedRequestId !== undefined;
    const isMainFrame = frameId === frameTree.frame.id;
    const bySelf = !isRedirect && isMainFrame && window.sentTo === url;
    const allowlist = isRedirect
      ? contentRedirect?.allowlist
      : isMainFrame && !bySelf
        ? contentNavigation?.allowlist
        : undefined;
    const mayGo = !allowlist || allowlist.some((pattern) => isMatch(pattern, url));
    if (bySelf) window.sentTo = undefined;
    if (!mayGo) tell('navigation-rejected', url);
    const answer = mayGo
      ? devTools.send('Fetch.continueRequest', { requestId })
      : devTools.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    answer.catch(() => undefined);
  });
  await devTools.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] });
}

function isMatch(pattern: string, url: string): boolean {
  return new RegExp(matchPattern(pattern), 'u').test(url);
}
