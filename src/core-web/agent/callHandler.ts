/**
 * Calls what an app has registered. It is not waited for, and what it throws is the app's: the browser reports it on
 * the app's page, as it does for an event listener, and nobody else has to wait or fail for it.
 */
export function callHandler<Args extends unknown[]>(handler: (...args: Args) => unknown, ...args: Args): void {
  try {
    Promise.resolve(handler(...args)).catch(reportError);
  } catch (error) {
    reportError(error);
  }
}
