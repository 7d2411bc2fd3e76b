import { dpopAlgorithms } from './dpopProofs.ts';
import type { DpopError } from './dpopError.ts';

/** The `WWW-Authenticate` of a resource that wants another proof (RFC 9449 §7.1). */
export function dpopChallenge({ error, message }: DpopError): string {
  return `DPoP error="${error}", error_description="${message}", algs="${dpopAlgorithms.join(' ')}"`;
}
