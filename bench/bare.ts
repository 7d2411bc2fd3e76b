import { orgUrl, type Stage } from './stage.ts';
import type { Variant } from './variant.ts';

/** `fetch` with a token in the page: nothing between an app and the org. The token comes from outside the page. */
export async function openBare(stage: Stage, accessToken: string): Promise<Variant> {
  const page = await stage.openPlainPage();
  await page.evaluate(
    ([org, token]) => {
      const send = async (path: string, { headers, ...init }: RequestInit = {}): Promise<Response> => {
        const response = await fetch(`${org}${path}`, {
          ...init,
          headers: { Accept: 'application/json', Authorization: `Bearer ${token}`, ...headers },
        });
        if (!response.ok) throw new Error(`Status ${response.status} for ${path}`);
        return response;
      };
      const request = async (path: string): Promise<unknown> => (await send(path)).json();
      Object.assign(globalThis, { send, request });
    },
    [orgUrl, accessToken] as const,
  );
  return { name: 'bare', page: async () => page, disconnect: async () => undefined };
}
