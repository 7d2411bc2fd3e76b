import type { TestKit } from '../../src/command/main.ts';

/** A name that bundlers leave alone: the package may be missing. */
const testKit = 'salesforce-interop-testkit/commands';

/** @returns the test kit's commands, where it is installed beside this package. */
export async function loadTestKit(): Promise<TestKit | undefined> {
  try {
    return (await import(testKit)) as TestKit;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
