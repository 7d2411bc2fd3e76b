import { InitializationError } from './errors.ts';
import { foreignChannelMessage } from './ticket.ts';

/**
 * How an app names the provider. `origin`: that of the provider's pages, in HERE Core Web. `uuid`: that of the
 * provider's application, in the container.
 */
export type ExpectedProvider = { origin: string; uuid?: undefined } | { uuid: string; origin?: undefined };

/** Whether the setting has exactly one of `origin` and `uuid`, and the origin has no path. */
export function isExpectation({ origin, uuid }: { origin?: unknown; uuid?: unknown }): boolean {
  if (origin === undefined) return typeof uuid === 'string' && uuid !== '';
  return uuid === undefined && originOf(origin) === origin;
}

/**
 * Checks in the container, where the runtime itself states who created the channel.
 *
 * @throws {@link InitializationError} when it is another application's
 */
export function checkRuntimeIdentity({ uuid }: { uuid: string }, expected: ExpectedProvider | undefined): void {
  if (expected?.uuid !== undefined && uuid !== expected.uuid) throw new InitializationError(foreignChannelMessage);
}

/**
 * Checks in HERE Core Web that the ticket page is on the provider's origin. The ticket page confirms whose channel this
 * is, and its address comes from whichever page answers on the channel; so it must not be a page of another origin.
 *
 * @throws {@link InitializationError} when another page is named, or none
 */
export function checkTicketPage(ticketUrl: unknown, expected: ExpectedProvider | undefined): void {
  if (expected?.origin !== undefined && originOf(ticketUrl) !== expected.origin)
    throw new InitializationError(foreignChannelMessage);
}

/**
 * Does not use `URL.canParse`, which some runtimes on desktops lack.
 *
 * @returns undefined for what is no URL, `'null'` for a URL that has no origin
 */
export function originOf(url: unknown): string | undefined {
  try {
    return new URL(url as string).origin;
  } catch {
    return undefined;
  }
}
