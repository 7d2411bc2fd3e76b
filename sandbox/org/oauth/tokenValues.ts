import { randomBytes } from 'node:crypto';
import { organizationKey } from '../organization.ts';

const randomWord = (bytes: number): string => randomBytes(bytes).toString('base64url').replaceAll('-', '.');

/** `00D…!…`: the 15-character org id, `!`, and 96 characters of `[A-Za-z0-9._]`. */
export function newAccessToken(): string {
  return `${organizationKey}!${randomWord(72)}`;
}

/** `5Aep861…`, without the characters an unencoded form body would lose. */
export function newRefreshToken(): string {
  return `5Aep861${randomWord(60)}`;
}

/** `aPrx…==`: authorization codes end with two equals signs, percent-encoded in the redirect. */
export function newAuthorizationCode(): string {
  return `aPrx${randomWord(51)}==`;
}
