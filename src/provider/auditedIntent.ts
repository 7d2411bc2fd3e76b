import type { Caller } from './accessPolicy.ts';
import type { AuditEntry } from './audit.ts';

/** What the audit lines of a caller say of the intent for which it asks. */
export function auditedIntent({
  intent,
}: Pick<Caller, 'intent'>): Pick<AuditEntry, 'intent' | 'instanceId' | 'traceId'> {
  if (!intent) return {};
  const { name, ...where } = intent;
  return { intent: name, ...where };
}
