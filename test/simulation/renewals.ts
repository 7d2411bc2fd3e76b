import type { TokenRequest } from './deskNetwork.ts';

/**
 * What went on at the token endpoint, by the questions that matter.
 *
 * @param endings When tokens ended before their time: an administrator ended them, or the process that held them ended.
 */
export function renewals(requests: readonly TokenRequest[], lifetimeMs: number, endings: readonly number[]) {
  const renewing = requests.filter(({ grant }) => grant === 'refresh_token');
  const granted = renewing.filter(({ answer }) => answer === 'granted');
  const spent = granted.map((request) => request.spent);
  const perMinute = new Map<number, number>();
  for (const { at } of requests)
    perMinute.set(Math.floor(at / 60_000), (perMinute.get(Math.floor(at / 60_000)) ?? 0) + 1);
  /** Renewals of a token that was still good, and not near its end. */
  const tooEarly = granted.filter((request) => {
    const former = requests.slice(0, requests.indexOf(request)).findLast(({ answer }) => answer === 'granted');
    const isEnded = former && endings.some((at) => at >= former.at && at <= request.at);
    return former && !isEnded && request.at - former.at < 0.75 * lifetimeMs - 1_000;
  });
  return {
    granted: granted.length,
    refused: renewing.filter(({ answer }) => answer === 'refused').length,
    unanswered: renewing.filter(({ answer }) => answer === 'none').length,
    /** Two renewals for one expiry: the same refresh token was good for two. */
    spentTwice: spent.filter((token, index) => spent.indexOf(token) !== index),
    tooEarly,
    busiestMinute: Math.max(0, ...perMinute.values()),
  };
}
