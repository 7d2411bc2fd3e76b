import { apiVersionList } from '../salesforce/apiVersions.ts';
import { readBody } from './limitedBody.ts';
import type { Environment } from './environment.ts';

const longestAnswerBytes = 256 * 1024;

/** The API versions that each instance serves. Asked for once, without the token, when a path was not found. */
export function createServedVersions({ fetch }: Pick<Environment, 'fetch'>) {
  const known = new Map<string, readonly string[]>();

  /** @returns none where the instance does not tell */
  return async function servedVersions({ origin }: URL, signal: AbortSignal): Promise<readonly string[]> {
    const cached = known.get(origin);
    if (cached) return cached;
    try {
      const response = await fetch(`${origin}/services/data`, {
        headers: { accept: 'application/json' },
        redirect: 'manual',
        cache: 'no-store',
        credentials: 'omit',
        signal,
      });
      const bytes = await readBody(response, longestAnswerBytes);
      const listed = apiVersionList.safeParse(response.ok ? JSON.parse(new TextDecoder().decode(bytes)) : undefined);
      if (!listed.success) return [];
      known.set(origin, listed.data);
      return listed.data;
    } catch {
      // Without the list the failure stays as it was.
      return [];
    }
  };
}
