/** Messages between the runtime and the page of a window, as JSON. */

export interface WindowIdentity {
  uuid: string;
  name: string;
}

/** An error on its way between two processes: OpenFin keeps name, message and cause, and what `ChannelError` adds. */
export interface WireError {
  name: string;
  message: string;
  action?: string;
  dispatchPayload?: unknown;
  cause?: { name: string; message: string };
}

export type WireAnswer = { value?: unknown; error?: undefined } | { error: WireError };

/** What a page's `fin` is made from, before any script of the page runs. */
export interface FinSetup {
  identity: WindowIdentity;
  /** Regular expressions over URLs on which the page gets no `fin`. */
  withoutFin: string[];
  version: string;
}

/** Name of the function by which a page calls the runtime. */
export const callName = '__containerCall';
/** Name of the function by which the runtime calls a page. */
export const receiveName = '__containerReceive';

/** An error as it is sent between page and runtime: name, message and cause, and no stack. */
export function wireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, cause } = error;
  const { action, dispatchPayload } = error as { action?: string; dispatchPayload?: unknown };
  return {
    name,
    message,
    ...(action !== undefined && { action, dispatchPayload }),
    ...(cause instanceof Error && { cause: { name: cause.name, message: cause.message } }),
  };
}
