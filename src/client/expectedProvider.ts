import { InitializationError } from './errors.ts';
import { impostor } from './ticket.ts';

/** `origin`: of the provider's pages, in HERE Core Web. `uuid`: of the provider's application, in the container. */
export type ExpectedProvider = { origin: string; uuid?: undefined } | { uuid: string; origin?: undefined };

/** Whether it names exactly one of the two, and an origin without a path. */
export function isExpectation({ origin, uuid }: { origin?: unknown; uuid?: unknown }): boolean {
  if (origin === undefined) return typeof uuid === 'string' && uuid !== '';
  return uuid === undefined && originOf(origin) === origin;
}

/**
 * In the container the runtime itself says whose channel it is.
 *
 * @throws {@link InitializationError} when it is another application's
 */
export function checkRuntimeIdentity({ uuid }: { uuid: string }, expected: ExpectedProvider | undefined): void {
  if (expected?.uuid !== undefined && uuid !== expected.uuid) throw new InitializationError(impostor);
}

/**
 * In HERE Core Web only the provider's own origin can say whether the channel is the provider's. Its ticket page does,
 * provided that it is asked and not a page of whoever answers on the channel.
 *
 * @throws {@link InitializationError} when another page is named, or none
 */
export function checkTicketPage(ticketUrl: unknown, expected: ExpectedProvider | undefined): void {
  if (expected?.origin !== undefined && originOf(ticketUrl) !== expected.origin)
    throw new InitializationError(impostor);
}

/** Undefined for what is no URL; `null` as text for a URL that has no origin. */
function originOf(url: unknown): string | undefined {
  try {
    return new URL(url as string).origin;
  } catch {
    return undefined;
  }
}
