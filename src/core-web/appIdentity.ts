import type { AppRecord } from './appDirectory.ts';

const path = ({ pathname }: URL): string => pathname.replace(/\/$/, '');

/** How many parts of a record's address an app's has; undefined where one is missing. */
function matchOf(record: URL, app: URL): number | undefined {
  if (record.origin !== app.origin) return undefined;
  if (path(record) !== '' && path(record) !== path(app)) return undefined;
  if (record.hash !== '' && record.hash !== app.hash) return undefined;
  const parameters = [...record.searchParams];
  if (parameters.some(([name, value]) => app.searchParams.get(name) !== value)) return undefined;
  return Number(path(record) !== '') + Number(record.hash !== '') + parameters.length;
}

/**
 * The app whose record is met best by the address of a page. Path, parameters and fragment of the record's address have
 * to be in that of the page, as far as the record has them; the more of them, the better.
 *
 * @param url Only its origin is vouched for by the browser. Pages of one origin can read and change each other, so that
 *   none of them could prove to be another app than the rest.
 * @see https://fdc3.finos.org/docs/2.2/api/specs/browserDesktopAgents "Validating app identity"
 */
export function appOfUrl(directory: readonly AppRecord[], url: URL): AppRecord | undefined {
  let best: { app: AppRecord; match: number } | undefined;
  for (const app of directory) {
    const match = matchOf(new URL(app.details.url), url);
    if (match !== undefined && (best === undefined || match > best.match)) best = { app, match };
  }
  return best?.app;
}
