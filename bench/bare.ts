import { orgUrl, type Stage } from './stage.ts';
import type { Variant } from './variant.ts';

/** `fetch` with a token in the page: nothing between an app and the org. The token comes from outside the page. */
export async function openBare(stage: Stage, accessToken: string): Promise<Variant> {
  const page = await stage.openPlainPage();
  await page.evaluate(
    ([org, token]) => {
      const request = async (path: string): Promise<unknown> => {
        const response = await fetch(`${org}${path}`, {
          headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
        });
        if (!response.ok) throw new Error(`Status ${response.status} for ${path}`);
        return response.json();
      };
      Object.assign(globalThis, { request });
    },
    [orgUrl, accessToken] as const,
  );
  return { name: 'bare', page: async () => page, disconnect: async () => undefined };
}
