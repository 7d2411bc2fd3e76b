let enabled = false;

/**
 * Turns on messages in the console, for finding faults: which calls go to the provider and how they end. No endpoint,
 * query, record, header or token is ever written; failures appear by their code.
 */
export function enableLogging(): void {
  enabled = true;
}

/** Turns the messages of {@link enableLogging} off again. */
export function disableLogging(): void {
  enabled = false;
}

export function log(message: string): void {
  if (enabled) console.info(`[salesforce-interop] ${message}`);
}

/** What may be logged of an error: its code, or else its class; never its message, which may quote data. */
export function errorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return typeof error;
}
