import type { AppInput } from '../orgOptions.ts';
import { controlAnswers, type ControlAnswer, type ControlName, type ControlRequest } from './controlProtocol.ts';

type FaultInput = ControlRequest<'inject-fault'>;
export type Fault = FaultInput['fault'];
/** Which requests meet a fault, and how many of them (the next one, when nothing is said). */
export type FaultPlace = Omit<FaultInput, 'fault'>;
type UserPolicyChange = ControlRequest<'set-user'>['policy'];
/** Members left out stay, null takes one away. */
export type AppChange = { [Name in keyof Omit<AppInput, 'consumerKey'>]?: AppInput[Name] | null };
type PreparedAnswer = Omit<Extract<Fault, { kind: 'answer' }>, 'kind'>;

/** The org's control API (`/__control`) refused or did not understand a request. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/** Steers an embedded org started with `control: true`, over HTTP. */
export class ControlClient {
  readonly #url: string;

  /** @param orgUrl Local URL of the org, e.g. `http://localhost:7071`. */
  constructor(orgUrl: string) {
    this.#url = orgUrl;
  }

  /** Ends the access tokens of one user, or of all; refresh tokens stay. Resolves to how many. */
  async expireAccessTokens(username?: string): Promise<number> {
    return (await this.#call('expire-access-tokens', given({ username }))).affected;
  }

  /** Refresh tokens answer `expired access/refresh token` from now on; live access tokens stay. */
  async expireRefreshTokens(username?: string): Promise<number> {
    return (await this.#call('expire-refresh-tokens', given({ username }))).affected;
  }

  /** Ends approvals as an administrator does, of one user or all, of one app or all. Resolves to how many. */
  async revokeRefreshTokens(username?: string, consumerKey?: string): Promise<number> {
    return (await this.#call('revoke-approvals', given({ username, consumerKey }))).affected;
  }

  /** Signs one user, or everybody, out of the org's own pages. */
  async endBrowserSessions(username?: string): Promise<void> {
    await this.#call('end-browser-sessions', given({ username }));
  }

  /** Changes policies of the org; those left out stay. */
  async setPolicy(policy: ControlRequest<'set-policy'>): Promise<void> {
    await this.#call('set-policy', policy);
  }

  async setRefreshTokenRotation(on: boolean): Promise<void> {
    await this.setPolicy({ refreshTokenRotation: on });
  }

  /** Every answer waits this long first; 0 ends it. */
  async setLatency(milliseconds: number): Promise<void> {
    await this.#call('latency', { milliseconds });
  }

  /** Lets requests meet a fault; resolves to its id. */
  async injectFault(fault: Fault, where: FaultPlace = {}): Promise<string> {
    return (await this.#call('inject-fault', { fault, ...where })).id;
  }

  /** The next `times` requests whose path matches get this answer instead of the real one. */
  async answerWith({ times, path, method, ...answer }: PreparedAnswer & FaultPlace): Promise<void> {
    await this.injectFault({ kind: 'answer', ...answer }, given({ times, path, method }));
  }

  /** The next `times` requests whose path matches lose their connection without an answer. */
  async dropConnections(where: FaultPlace): Promise<void> {
    await this.injectFault({ kind: 'drop' }, where);
  }

  /** Ends one fault, or all faults and latency; what hangs goes on. */
  async clearFaults(id?: string): Promise<void> {
    await this.#call('clear-faults', given({ id }));
  }

  /** Moves the org's clock; resolves to its new time in milliseconds since the epoch. */
  async moveClock(milliseconds: number): Promise<number> {
    return (await this.#call('move-clock', { milliseconds })).now;
  }

  /** Requests since the last reset. */
  async counts(): Promise<ControlAnswer<'counts'>> {
    return this.#call('counts', {});
  }

  async resetCounts(): Promise<void> {
    await this.#call('reset-counts', {});
  }

  /** Every token, code and verifier this org has issued or seen. */
  async secrets(): Promise<ControlAnswer<'secrets'>['secrets']> {
    return (await this.#call('secrets', {})).secrets;
  }

  /** Changes what an administrator can change about a user, or about everybody with a profile. */
  async setUser(who: string | { profile: 'administrator' | 'banker' }, policy: UserPolicyChange): Promise<void> {
    await this.#call('set-user', { ...(typeof who === 'string' ? { username: who } : who), policy });
  }

  /** A locked user cannot sign in, and their sessions and tokens stop working. */
  async lockUser(username: string, locked = true): Promise<void> {
    await this.setUser(username, { locked });
  }

  /** Changes an app, or adds one when nobody has the consumer key. */
  async setApp(consumerKey: string, changes: AppChange): Promise<void> {
    await this.#call('set-app', { consumerKey, changes });
  }

  async uninstallApp(consumerKey: string): Promise<void> {
    await this.setApp(consumerKey, { installed: false });
  }

  async installApp(consumerKey: string): Promise<void> {
    await this.setApp(consumerKey, { installed: true });
  }

  /** From now on the org does not know the consumer key. */
  async removeApp(consumerKey: string): Promise<void> {
    await this.#call('remove-app', { consumerKey });
  }

  /** Live approvals (refresh token families), oldest first. */
  async approvals(): Promise<ControlAnswer<'approvals'>['approvals']> {
    return (await this.#call('approvals', {})).approvals;
  }

  async #call<Name extends ControlName>(name: Name, body: ControlRequest<Name>): Promise<ControlAnswer<Name>> {
    const response = await fetch(new URL(`/__control/${name}`, this.#url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new ControlError(response.status, `Control request ${name}: ${await response.text()}`);
    return controlAnswers[name].parse(await response.json()) as ControlAnswer<Name>;
  }
}

/** Without the members that are undefined. */
function given<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
