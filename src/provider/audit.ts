import type { Served } from '../channel/orgRequests.ts';
import { failure, type Outcome } from '../outcomes/failure.ts';

/** What an audit line holds of a call: never a query, a fragment, a body or a secret. */
export interface AuditEntry {
  /** Name of the app in the configuration; for a client that was not admitted, its name in the runtime. */
  app: string;
  action: string;
  /** Origin or path. */
  target?: string;
  /** User name of the Salesforce user whose session was used. */
  user?: string;
  /** Where the answer to a request came from. */
  served?: Served;
  /** `lane`: it came over the app's own port to the token worker, and not over the channel. */
  by?: 'lane';
  /** Name and version of the app's client, as the client states them. */
  client?: string;
  /** The intent for which it was asked. */
  intent?: string;
  /** Instance of the app that has raised the intent, as the desktop agent names it. */
  instanceId?: string;
  /** Trace id of the intent, where the desktop agent gives one. */
  traceId?: string;
}

/** One line of the audit trail. */
export interface AuditRecord extends AuditEntry {
  at: string;
  /** The failure that the app gets has the same id. */
  correlationId: string;
  /** `ok`, or the code of the failure. */
  outcome: string;
}

export interface AuditTrail {
  write: (record: AuditRecord) => void;
  /** Called with an error that a call threw. It is for the provider's own console; no app is told of it. */
  reportCause: (correlationId: string, cause: unknown) => void;
  now?: () => Date;
}

export type Audit = ReturnType<typeof createAudit>;

/**
 * Writes the lines of calls that were carried out and recorded elsewhere.
 *
 * @param cause what went wrong with the only one of them
 */
export function writeCalls({ write, reportCause }: AuditTrail, records: readonly AuditRecord[], cause?: unknown): void {
  if (cause !== undefined) for (const { correlationId } of records) reportCause(correlationId, cause);
  for (const record of records) write(record);
}

/**
 * Records who did what with which outcome: one line for each call, refused and failed ones included, and marks failures
 * with the id of their line. What `work` throws becomes the failure `INTERNAL`.
 */
export function createAudit({ write, reportCause, now = () => new Date() }: AuditTrail) {
  /** @param work may add to its entry, e.g. the user */
  return async function audited<T>(
    entry: AuditEntry,
    work: (entry: AuditEntry) => Promise<Outcome<T>> | Outcome<T>,
  ): Promise<Outcome<T>> {
    const correlationId = crypto.randomUUID();
    const line = { ...entry };
    let outcome: Outcome<T>;
    try {
      outcome = await work(line);
    } catch (cause) {
      reportCause(correlationId, cause);
      outcome = failure(
        'INTERNAL',
        'The Salesforce provider failed on this request. Its console says why, under the correlation id.',
      );
    }
    write({ at: now().toISOString(), correlationId, ...line, outcome: outcome.ok ? 'ok' : outcome.error.code });
    return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, correlationId } };
  };
}
