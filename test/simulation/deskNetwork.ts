import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';

/** One request to the token endpoint, as somebody between desk and org would see it. */
export interface TokenRequest {
  at: number;
  grant: 'authorization_code' | 'refresh_token';
  /** The refresh token that was spent. */
  spent: string | undefined;
  answer: 'granted' | 'refused' | 'none';
  accessToken?: string;
}

/** When a process ends in the middle of a renewal: before the org hears of it, or after the org has renewed. */
export type MidRenewal = 'beforeSending' | 'beforeTheAnswer';

export interface DeskProcess {
  isAlive: boolean;
  /** Where it is to end, and whom to tell. */
  endsAt?: { moment: MidRenewal; onEnd: () => void } | undefined;
}

const never = new Promise<never>(() => undefined);

/**
 * The network between a desk and its org: it can be away, keeps count, and forgets the answers for processes that
 * ended.
 */
export class DeskNetwork {
  readonly tokenRequests: TokenRequest[] = [];
  /** False: the machine is offline and knows it. */
  isOnline = true;
  readonly #now: () => number;
  /** Requests until their answers are read, and whatever else of the desk takes its own time. */
  #underWay = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  fetchOf(process: DeskProcess): typeof fetch {
    return async (input, init) => {
      if (!process.isAlive) return never;
      if (!this.isOnline) throw new TypeError('Failed to fetch');
      const form = init?.body instanceof URLSearchParams ? init.body : new URLSearchParams();
      const grant = form.get('grant_type');
      const isToken = grant === 'authorization_code' || grant === 'refresh_token';
      const response = await this.during(
        isToken ? this.#askForTokens(process, grant, form, () => fetch(input, init)) : fetch(input, init),
      );
      if (!process.isAlive || !response) return never;
      // A copy, which is read as fast as the answer comes.
      void this.during(response.clone().arrayBuffer()).catch(() => undefined);
      return response;
    };
  }

  /** Counts something as under way until it has settled. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
    }
  }

  /**
   * Nothing is under way, and what followed from the last that was has been done: timers of a millisecond fire in the
   * order in which they were set, and each turn of the event loop handles what there is to handle, on any machine.
   */
  async isQuiet(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#underWay === 0 ? quiet + 1 : 0) {
      await sleep(1);
      await turn();
    }
  }

  /** Undefined when the process ended meanwhile. */
  async #askForTokens(
    process: DeskProcess,
    grant: TokenRequest['grant'],
    form: URLSearchParams,
    send: () => Promise<Response>,
  ): Promise<Response | undefined> {
    if (this.#ends(process, grant, 'beforeSending')) return undefined;
    const request: TokenRequest = {
      at: this.#now(),
      grant,
      spent: form.get('refresh_token') ?? undefined,
      answer: 'none',
    };
    this.tokenRequests.push(request);
    const response = await send();
    const body = (await response.clone().json()) as { access_token?: string };
    request.answer = body.access_token === undefined ? 'refused' : 'granted';
    if (body.access_token !== undefined) request.accessToken = body.access_token;
    return this.#ends(process, grant, 'beforeTheAnswer') ? undefined : response;
  }

  #ends(process: DeskProcess, grant: TokenRequest['grant'], moment: MidRenewal): boolean {
    if (grant !== 'refresh_token' || process.endsAt?.moment !== moment) return false;
    process.isAlive = false;
    process.endsAt.onEnd();
    return true;
  }
}
