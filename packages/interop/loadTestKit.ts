import type { TestKit } from '../../src/command/main.ts';

/** In a variable, so that bundlers and compilers do not look for the package, which may be missing. */
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
