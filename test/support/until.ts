/**
 * Waits until something is so, asking again and again.
 *
 * @throws Error when it is not so after `limitMs`, by which time something is broken.
 */
export async function until(isSo: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Not so after ${limitMs} ms: ${isSo.toString()}`);
}
