/** Apps of app directories that others keep, for a desktop that has one of its own. */
import { readAppDirectory, type AppRecord } from './appDirectory.ts';

export interface OtherDirectory {
  /** Answers with an FDC3 2.x list of apps, as `/v2/apps` does. */
  url: string;
  /** Origins of the apps that may come from there: whoever keeps it names no others for this desktop. */
  appOrigins: readonly string[];
}

export interface AddedDirectory {
  apps: AppRecord[];
  /** A sentence for each record that is left out, or for why there is none. */
  problems: string[];
}

/**
 * How to get a directory, where that differs from the browser's own. `origin`: of the platform page, which the
 * directory has to let read it.
 */
interface Reading {
  fetch?: typeof fetch;
  timeoutMs?: number;
}

/** A directory is a list for one desktop, and not a catalogue of everything. */
const mostCharacters = 5_000_000;

/**
 * Reads one directory. It never fails: a directory that does not answer, or answers something else, has no apps.
 *
 * @see https://fdc3.finos.org/docs/2.2/app-directory/overview
 */
export async function readOtherDirectory(
  { url, appOrigins }: OtherDirectory,
  { fetch: get = fetch, timeoutMs = 5_000 }: Reading = {},
): Promise<AddedDirectory> {
  const problems: string[] = [];
  const name = `The app directory at ${url}`;
  try {
    const document = await documentAt(url, get, AbortSignal.timeout(timeoutMs));
    const apps = readAppDirectory(document, (problem) => problems.push(problem), name).filter((app) => {
      const { origin } = new URL(app.details.url);
      const mayCome = appOrigins.includes(origin);
      if (!mayCome)
        problems.push(`${name}: ${app.appId} is left out: ${origin} is not among the appOrigins of this directory.`);
      return mayCome;
    });
    return { apps, problems };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { apps: [], problems: [...problems, `${name} is left out: ${why}`] };
  }
}

async function documentAt(url: string, get: typeof fetch, signal: AbortSignal): Promise<unknown> {
  const answer = await get(url, {
    headers: { Accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  }).catch((cause: unknown) => {
    throw new Error(
      signal.aborted
        ? 'it did not answer in time.'
        : 'it cannot be reached, or does not let this desktop read it (CORS: Access-Control-Allow-Origin).',
      { cause },
    );
  });
  if (!answer.ok) throw new Error(`it answered with status ${answer.status}.`);
  const text = await answer.text();
  if (text.length > mostCharacters) throw new Error(`it is larger than ${mostCharacters} characters.`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('its answer is no JSON.');
  }
}

/**
 * The desktop's own apps, and those of other directories in their order. Of two with one id the first counts.
 *
 * @param report gets each problem, with the id and the reason
 */
export async function withOtherDirectories(
  own: readonly AppRecord[],
  directories: readonly OtherDirectory[],
  report: (sentence: string) => void,
  reading: Reading = {},
): Promise<AppRecord[]> {
  const apps = new Map(own.map((app) => [app.appId, app]));
  const added = await Promise.all(directories.map((directory) => readOtherDirectory(directory, reading)));
  added.forEach(({ apps: found, problems }, index) => {
    problems.forEach(report);
    for (const app of found) {
      if (apps.has(app.appId))
        report(
          `The app directory at ${directories[index]!.url}: ${app.appId} is left out: an earlier app has the same appId.`,
        );
      else apps.set(app.appId, app);
    }
  });
  return [...apps.values()];
}
