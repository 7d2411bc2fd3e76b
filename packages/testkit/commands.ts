/** What the command `salesforce-interop` takes from the test kit. */
import '../../sandbox/org/quietLibraries.ts';
import { start } from '../../sandbox/desk/start.ts';
import { runOrg as run } from '../../sandbox/org/runOrg.ts';

export { startEmbeddedOrg } from '../../sandbox/desk/embeddedOrg.ts';
export { startEmbeddedSetUp } from '../../sandbox/desk/embeddedSetUp.ts';

/** Runs the embedded org until the process is told to end. @returns the exit code, should it end by itself. */
export async function runOrg(args: readonly string[]): Promise<number> {
  await run(args);
  return 0;
}

/**
 * Runs the sample desktop with its org until the process is told to end.
 *
 * @returns the exit code, should it end by itself.
 */
export async function runDesk(args: readonly string[]): Promise<number> {
  await start(args);
  return 0;
}
