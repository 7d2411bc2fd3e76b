/** One part of a long test: what fails in it is the cause of an error that says which part it was. */
export async function step(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`At “${name}”`, { cause: error });
  }
}
