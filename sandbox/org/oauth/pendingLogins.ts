import { randomInt } from 'node:crypto';
import type { DirectoryUser } from './userDirectory.ts';

/** What a sign-in with the right password still owes. */
export type LoginStep = 'verify' | 'change-password';

interface PendingLogin {
  user: DirectoryUser;
  code: string;
  /** Whether the code is asked for. */
  mustVerify: boolean;
  isVerified: boolean;
}

/** Sign-ins on their way through verification code and new password, by the sign-in page they began on. */
export class PendingLogins {
  readonly #pending = new Map<string, PendingLogin>();

  /** @param mustVerify Whether the app wants a verified session, whatever the user's own setting. */
  begin(uid: string, user: DirectoryUser, mustVerify: boolean): void {
    const code = String(randomInt(1e6)).padStart(6, '0');
    this.#pending.set(uid, { user, code, mustVerify: mustVerify || user.mfaRequired, isVerified: false });
  }

  userOf(uid: string): DirectoryUser | undefined {
    return this.#pending.get(uid)?.user;
  }

  /** Whether the person has entered the code. */
  isVerified(uid: string): boolean {
    return this.#pending.get(uid)?.isVerified ?? false;
  }

  /** The code that would be on the user's own device. */
  codeOf(uid: string): string | undefined {
    return this.#pending.get(uid)?.code;
  }

  /** @returns Undefined when nothing is owed any more. */
  nextStep(uid: string): LoginStep | undefined {
    const login = this.#pending.get(uid);
    if (!login) return undefined;
    if (login.mustVerify && !login.isVerified) return 'verify';
    return login.user.passwordExpired ? 'change-password' : undefined;
  }

  /** @returns False when the code is wrong. */
  verify(uid: string, code: string): boolean {
    const login = this.#pending.get(uid);
    if (!login || login.code !== code.trim()) return false;
    login.isVerified = true;
    return true;
  }

  end(uid: string): void {
    this.#pending.delete(uid);
  }
}
