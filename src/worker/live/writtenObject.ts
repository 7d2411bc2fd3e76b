import type { ApiRequest } from '../pipeline/apiRequest.ts';

/**
 * The object of which a write has changed a record, where its path names one; undefined where it may be any. Triggers
 * and flows may have changed others besides.
 */
export function writtenObject({ endpoint }: Pick<ApiRequest, 'endpoint'>): string | undefined {
  return /^\/?services\/data\/v[\d.]+\/sobjects\/([a-zA-Z]\w*)(?:[/?]|$)/i.exec(endpoint)?.[1];
}
