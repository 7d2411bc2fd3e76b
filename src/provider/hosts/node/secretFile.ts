import { readOwnFile } from './ownFile.ts';
import { StartRefused } from './startRefused.ts';

/** Largest file of a key or secret, in bytes: far more than any has. */
const longestBytes = 64 * 1024;

/**
 * Reads a file with a key or secret, which only its owner may be able to read.
 *
 * @param what Named in refusals, e.g. "private key".
 * @returns The text without the line break at its end.
 * @throws {StartRefused} when it cannot be read, is empty, or breaks a rule of {@link readOwnFile}.
 */
export async function readSecretFile(path: string, what: string, platform?: NodeJS.Platform): Promise<string> {
  const text = (
    await readOwnFile(path, { what, ownersAlone: 'read', longestBytes, ...(platform && { platform }) })
  ).trim();
  if (text === '') throw new StartRefused(`The ${what} file ${path} is empty.`);
  return text;
}
