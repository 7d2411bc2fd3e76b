import type { Failure } from '../outcomes/failure.ts';
import type { OrgClient } from './orgClient.ts';

/** Result of revoking tokens. */
export interface Revoked {
  /** Tokens whose revocation did not reach the org. */
  unsent: string[];
  failed: { ok: false; error: Failure } | undefined;
}

/** Revokes tokens one after another. A failure of one does not keep the next from being revoked. */
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
