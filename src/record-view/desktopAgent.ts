import type { DesktopAgent } from '@finos/fdc3';

interface DesktopWindow {
  fdc3?: DesktopAgent;
  fin?: { me?: { interop?: { getFDC3?: (version: '2.0') => Promise<unknown> } } };
}

/**
 * The FDC3 agent of the desktop that this page has joined: the one on the page, else the one that a window of the
 * container gets by `fin` where its options ask for none.
 */
export async function desktopAgent(page: Window = window): Promise<DesktopAgent | undefined> {
  const { fdc3, fin } = page as Window & DesktopWindow;
  return fdc3 ?? ((await fin?.me?.interop?.getFDC3?.('2.0')) as DesktopAgent | undefined);
}
