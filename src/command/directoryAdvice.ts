import { withOtherDirectories } from '../core-web/otherDirectories.ts';
import { appDirectory } from '../sites/appDirectory.ts';
import type { DesktopConfiguration } from '../sites/desktopConfiguration.ts';
import type { Advice } from './advice.ts';

/**
 * What the desktop would say of the app directories of others: one that it cannot read, and each record that it would
 * leave out. They are asked as the platform page asks them, with its origin.
 */
export async function directoryAdvice(desktop: DesktopConfiguration): Promise<Advice[]> {
  const { origin } = desktop.platform;
  const sentences: string[] = [];
  await withOtherDirectories(
    appDirectory(desktop).applications,
    desktop.directories,
    (sentence) => sentences.push(sentence),
    { fetch: (url, options) => fetchFrom(origin, url, options) },
  );
  return sentences.map((sentence) => ({ status: 'warning', place: 'directories', sentence }));
}

/** As a page of this origin would get it (Fetch standard, CORS check). @throws Error where it would not. */
async function fetchFrom(origin: string, ...[url, options]: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(url, { ...options, headers: { ...options?.headers, Origin: origin } });
  const allowed = answer.headers.get('Access-Control-Allow-Origin');
  if (allowed !== '*' && allowed !== origin) throw new Error(`${origin} may not read it`);
  return answer;
}
