import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
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
    await unpack(path.join(tarballs, file), target);
    clients.push({ release, module: path.join(target, 'index.js') });
  }
  return { clients, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Unpacks a package's tarball into a folder that is made for it. Windows has `tar` too, since version 10. */
export async function unpack(tarball: string, folder: string): Promise<void> {
  await mkdir(folder);
  // By names without a drive, which GNU tar takes for a host.
  await cp(tarball, path.join(folder, 'package.tgz'));
  await promisify(execFile)('tar', ['-xzf', 'package.tgz', '--strip-components=1'], { cwd: folder });
  await rm(path.join(folder, 'package.tgz'));
}
