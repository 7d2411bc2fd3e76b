import { constants, type Stats } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { StartRefused } from './startRefused.ts';

/** What only the owner of a file may be able to do with it. */
export type Protection = 'read' | 'write';

interface OwnFileRules {
  /** Named in refusals, e.g. "private key". */
  what: string;
  /** `read`: others may do nothing with it, as with a key; `write`: they may read it, as with a configuration. */
  ownersAlone: Protection;
  longestBytes: number;
  platform?: NodeJS.Platform;
  /** The user this process acts as. */
  userId?: number | undefined;
}

const forbiddenBits: Record<Protection, number> = { read: 0o077, write: 0o022 };
const writableByOthers = 0o022;
/** In a sticky folder (`/tmp`) only its owner can rename or delete a file. */
const sticky = 0o1000;
const root = 0;

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  ELOOP: 'is a link: name the file that it leads to',
};

/**
 * Reads a text file that decides what this process does or signs in with. The file has to belong to this process's user
 * or to root (to root alone where that is the user) and be changeable by its owner only. The same holds for every
 * folder above it, as whoever can replace a folder can replace the file. All checks are made on the opened file, and
 * opening it neither follows a link nor waits at a pipe. Windows has no such permission bits; its access lists are for
 * the administrator to set.
 *
 * @returns The text, unchanged.
 * @throws {StartRefused} with a sentence that names the file and what to do.
 */
export async function readOwnFile(file: string, rules: OwnFileRules): Promise<string> {
  const { what, longestBytes, platform = process.platform, userId = process.geteuid?.() } = rules;
  const refuse = (why: string): StartRefused => new StartRefused(`The ${what} file ${file} ${why}.`);
  const failed = (error: NodeJS.ErrnoException): never => {
    throw refuse(reasons[error.code ?? ''] ?? 'cannot be read');
  };
  // Looked at first so that the refusal can say that it is a link, and no device is opened.
  const named = await lstat(file).catch(failed);
  if (named.isSymbolicLink()) throw refuse(reasons['ELOOP']!);
  if (!named.isFile()) throw refuse(`is ${kindOf(named)}, not a file`);
  const folder = await realpath(path.dirname(path.resolve(file))).catch(failed);
  if (platform !== 'win32' && userId !== undefined) await judgeFolders(folder, userId, refuse);

  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const opened = await open(path.join(folder, path.basename(file)), O_RDONLY | O_NONBLOCK | O_NOFOLLOW).catch(failed);
  try {
    const stats = await opened.stat();
    if (!stats.isFile()) throw refuse(`is ${kindOf(stats)}, not a file`);
    if (platform !== 'win32' && userId !== undefined) judgeFile(stats, rules.ownersAlone, file, userId, refuse);
    if (stats.size > longestBytes) throw refuse(`is larger than any ${what}`);
    const text = await opened.readFile('utf8');
    // UTF-16, as `>` of Windows PowerShell writes it.
    if (text.includes('\0'))
      throw refuse('is not UTF-8 text: write it with Set-Content -Encoding utf8, or in an editor');
    return text;
  } finally {
    await opened.close();
  }
}

type Refuse = (why: string) => StartRefused;

function judgeFile({ uid, mode }: Stats, ownersAlone: Protection, file: string, userId: number, refuse: Refuse): void {
  if (isForeign(uid, userId))
    throw refuse(`belongs to another user, who could change it: make it the file of ${ownerWanted(userId)} (chown)`);
  if ((mode & forbiddenBits[ownersAlone]) === 0) return;
  throw ownersAlone === 'read'
    ? refuse(`is open to others than its owner: run chmod 600 ${file} and start again`)
    : refuse(`can be written by others than its owner: run chmod go-w ${file} and start again`);
}

async function judgeFolders(innermost: string, userId: number, refuse: Refuse): Promise<void> {
  for (let folder = innermost; ; folder = path.dirname(folder)) {
    const { uid, mode } = await stat(folder);
    if (isForeign(uid, userId))
      throw refuse(
        `lies in ${folder}, which belongs to another user, who could exchange it: keep it in a folder of ${ownerWanted(userId)}`,
      );
    if ((mode & writableByOthers) !== 0 && (mode & sticky) === 0) {
      throw refuse(
        `lies in ${folder}, where others than its owner can exchange it: run chmod go-w ${folder} and start again`,
      );
    }
    if (folder === path.dirname(folder)) return;
  }
}

/** Whether an owner is neither root, who can change every file anyway, nor the user of this process. */
const isForeign = (owner: number, userId: number): boolean => owner !== userId && owner !== root;
const ownerWanted = (userId: number): string => (userId === root ? 'root' : 'the user who runs this, or of root');

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
