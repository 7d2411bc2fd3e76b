import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty folder for each test, gone afterwards. */
export function useTemporaryFolder(): { readonly path: string; file(name: string): string } {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'command-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    get path() {
      return folder;
    },
    file: (name) => path.join(folder, name),
  };
}
