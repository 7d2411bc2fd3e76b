import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder aside and puts it in place whole: an interrupted build leaves nothing half made, and two that run at
 * the same time leave the work of one of them. There is no lock, which would outlive a run that was killed.
 *
 * @param make Fills the new folder, which is beside the output.
 * @param isThere Whether another run has put the same in place meanwhile. What this one has made is dropped then: who
 *   reads the output is not disturbed.
 */
export async function putInPlace(
  output: string,
  make: (folder: string) => Promise<void>,
  isThere: () => Promise<boolean> = async () => false,
): Promise<void> {
  await mkdir(path.dirname(output), { recursive: true });
  const aside = await mkdtemp(`${output}-`);
  const made = path.join(aside, 'new');
  try {
    await mkdir(made);
    await make(made);
    for (let turn = 1; !(await isThere()); turn += 1) {
      await rename(output, path.join(aside, `old-${turn}`)).catch(unless('ENOENT'));
      // Windows answers EPERM where the new name is that of a folder.
      if (await rename(made, output).then(() => true, unless('ENOTEMPTY', 'EEXIST', ...(turn < 20 ? ['EPERM'] : []))))
        return;
    }
  } finally {
    await rm(aside, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns a handler of rejections that answers false for errors of these codes and throws all others again. */
const unless =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException): false => {
    if (codes.includes(error.code ?? '')) return false;
    throw error;
  };
