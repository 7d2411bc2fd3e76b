/**
 * The same as `commands.ts`, run from the sources of this repository: builds the pages first where they are not up to
 * date.
 */
import '../../sandbox/org/quietLibraries.ts';
import { startEmbeddedSetUp as startSetUp } from '../../sandbox/desk/embeddedSetUp.ts';
import { documentationIsBuilt } from '../../sandbox/desk/documentation.ts';
import { start } from '../../sandbox/desk/start.ts';
import { buildSites } from '../pages/build.ts';

export { runOrg, startEmbeddedOrg } from './commands.ts';

async function build(say: (line: string) => void): Promise<void> {
  const built = await buildSites((name, done, total) => say(`Building ${done + 1}/${total}: ${name}`));
  if (!built) say('Pages are up to date.');
  if (!documentationIsBuilt())
    say('The documentation is not built: npm run docs builds it, and the desktop serves it from then on.');
}

/**
 * Runs the sample desktop with its org until the process is told to end.
 *
 * @returns the exit code, should it end by itself.
 */
export async function runDesk(args: readonly string[]): Promise<number> {
  await start(args, build);
  return 0;
}

/** Starts the embedded org and the provider's pages on free ports. */
export async function startEmbeddedSetUp(say: (line: string) => void): ReturnType<typeof startSetUp> {
  await build(say);
  return startSetUp();
}
