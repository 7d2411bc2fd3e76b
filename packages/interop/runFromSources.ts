import path from 'node:path';
import { clientVersion } from '../../src/client/version.ts';
import { runProcess } from '../../src/command/runProcess.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** The command, on the sources and on the pages that `npm run build` has made. */
export async function runFromSources(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  await runProcess(environment, {
    version: clientVersion,
    pagesFolder: path.join(repository, 'dist/sites'),
    loadTestKit: () => import('../testkit/fromSources.ts'),
  });
}
