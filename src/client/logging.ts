import { isObject, type Members } from './reply.ts';
import { clientVersion } from './version.ts';

let enabled = false;

/**
 * Turns on messages in the console, for finding faults: which calls go to the provider and how they end. No endpoint,
 * query, record, header or token is ever written; failures appear by their code. As with `@openfin/salesforce`, it is
 * also there for a person at the console of a page: `fin.Integrations.Salesforce.enableLogging()`.
 */
export function enableLogging(): void {
  enabled = true;
  log(`v${clientVersion}`);
}

/** Turns the messages of {@link enableLogging} off again. */
export function disableLogging(): void {
  enabled = false;
}

/**
 * Offers both functions where `@openfin/salesforce` has its own, and changes nothing else there. A runtime object that
 * cannot be extended is left as it is.
 */
export function offerLogging(runtime: unknown): void {
  if (!isObject(runtime)) return;
  const ours = memberOf(memberOf(runtime, 'Integrations'), 'Salesforce');
  Reflect.set(ours, 'enableLogging', enableLogging);
  Reflect.set(ours, 'disableLogging', disableLogging);
}

function memberOf(owner: Members, name: string): Members {
  const present = owner[name];
  if (isObject(present)) return present;
  const added = {};
  Reflect.set(owner, name, added);
  return added;
}

// Offered at once where the page has its runtime already, so that a person can log the first call too.
offerLogging((globalThis as { fin?: unknown }).fin);

/** Writes a message to the console while logging is on. It must hold no data of a request or answer. */
export function log(message: string): void {
  if (enabled) console.info(`[salesforce-interop] ${message}`);
}

/**
 * What may be logged of an error: its code, or its class where it has none. Never its message, which may quote data.
 */
export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return typeof error;
}
