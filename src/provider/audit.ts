import type { Outcome } from '../channel/failure.ts';

/** One line of the audit trail. Paths without their query, so that no record data and no secret is in it. */
export interface AuditRecord {
  at: string;
  correlationId: string;
  app: string;
  action: string;
  target?: string;
  outcome: string;
}

export type Audit = ReturnType<typeof createAudit>;

/** Records who did what with which outcome, and marks failures with the id of their record. */
export function createAudit(write: (record: AuditRecord) => void, now: () => Date = () => new Date()) {
  return async function audited<T>(
    entry: { app: string; action: string; target?: string },
    work: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const correlationId = crypto.randomUUID();
    const outcome = await work();
    write({ at: now().toISOString(), correlationId, ...entry, outcome: outcome.ok ? 'ok' : outcome.error.code });
    return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, correlationId } };
  };
}
