import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './repository.ts';

/**
 * What a build is made of, as one word that another build is compared by.
 *
 * @param sources Files and folders, relative to the repository.
 */
export async function fingerprintOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const start = path.join(repository, source);
    const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files.length > 0 ? files.sort() : [start])
      hash.update(path.relative(repository, file)).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Whether the stamp that a build left says that it was made of the same. */
export async function isBuiltFrom(stampFile: string, fingerprint: string): Promise<boolean> {
  return (await readFile(stampFile, 'utf8').catch(() => undefined)) === fingerprint;
}

/**
 * Writes down what a build was made of, for {@link isBuiltFrom}. To be called last: an interrupted build has no stamp.
 */
export async function stamp(stampFile: string, fingerprint: string): Promise<void> {
  await writeFile(stampFile, fingerprint);
}
