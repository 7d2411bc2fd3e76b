import { open } from 'node:fs/promises';
import { StartRefused } from './startRefused.ts';

/** Far more than any key has. */
const longestBytes = 64 * 1024;
const groupAndOthers = 0o077;

const reasons: Record<string, string> = { ENOENT: 'does not exist', EACCES: 'may not be read by this user', EISDIR: 'is a directory' };

/**
 * Reads a file with a key or secret, which must be its owner's alone. The permissions are those of the opened file, so that
 * nobody can exchange it in between. Windows has no such bits; its access lists are the administrator's to set.
 *
 * @param what Named in refusals, e.g. "private key".
 * @returns The text without the line break at its end.
 * @throws {StartRefused} when it cannot be read, is empty, or others than its owner may do anything with it.
 */
export async function readSecretFile(path: string, what: string, platform: NodeJS.Platform = process.platform): Promise<string> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new StartRefused(`The ${what} file ${path} ${reasons[error.code ?? ''] ?? 'cannot be read'}.`);
  });
  try {
    const { mode, size, isFile } = await file.stat().then((stat) => ({ mode: stat.mode, size: stat.size, isFile: stat.isFile() }));
    if (!isFile) throw new StartRefused(`The ${what} file ${path} is not a file.`);
    if (platform !== 'win32' && (mode & groupAndOthers) !== 0) {
      throw new StartRefused(`The ${what} file ${path} is open to others than its owner: run chmod 600 ${path} and start again.`);
    }
    if (size > longestBytes) throw new StartRefused(`The ${what} file ${path} is larger than any ${what}.`);
    const text = (await file.readFile('utf8')).trim();
    if (text === '') throw new StartRefused(`The ${what} file ${path} is empty.`);
    return text;
  } finally {
    await file.close();
  }
}
