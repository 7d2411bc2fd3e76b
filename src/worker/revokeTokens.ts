import type { Failure } from '../outcomes/failure.ts';
import type { OrgClient } from './orgClient.ts';

/** What became of tokens that were to be revoked. */
export interface Revoked {
  /** Those that the org could not be told of. */
  unsent: string[];
  failed: { ok: false; error: Failure } | undefined;
}

/** Revokes tokens one after another, each whatever became of the one before. */
export async function revokeTokens(
  client: Pick<OrgClient, 'revoke'>,
  tokens: readonly (string | undefined)[],
): Promise<Revoked> {
  const unsent: string[] = [];
  let failed: Revoked['failed'];
  for (const token of tokens) {
    if (!token) continue;
    const revoked = await client.revoke(token);
    if (revoked.ok) continue;
    unsent.push(token);
    failed = revoked;
  }
  return { unsent, failed };
}
