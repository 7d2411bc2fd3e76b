import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const tarballs = path.resolve(import.meta.dirname, '../fixtures/clients');

export interface ReleasedClient {
  /** Name of its tarball. */
  release: string;
  /** Its ES module. */
  module: string;
}

/** The client of every release that is kept, unpacked outside of this repository. */
export async function unpackReleasedClients(): Promise<{ clients: ReleasedClient[]; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'released-clients-'));
  const clients: ReleasedClient[] = [];
  for (const file of await readdir(tarballs)) {
    const release = file.replace(/\.tgz$/, '');
    const target = path.join(folder, release);
    await mkdir(target);
    await promisify(execFile)('tar', ['-xzf', path.join(tarballs, file)], { cwd: target });
    clients.push({ release, module: path.join(target, 'package/index.js') });
  }
  return { clients, remove: () => rm(folder, { recursive: true, force: true }) };
}
