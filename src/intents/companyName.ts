import type { ContactContext } from './contexts.ts';
import type { ContextIds } from './recordIdInContext.ts';

/** The company named in a contact context, under `company` as text or as `{ name }`. */
export function companyNameOf(context: ContactContext): string | undefined {
  const name = context.company?.name;
  return name === '' ? undefined : name;
}

/** The ids of that company, as this provider writes them into the contexts it returns. */
export function companyIdsOf(context: ContactContext): ContextIds {
  const id = context.company?.id;
  return typeof id === 'string' ? { SALESFORCE: id } : (id ?? {});
}

/** What may stand after the last comma or white space. */
const LEGAL_FORM =
  /^(?:inc|incorporated|corp|corporation|co|company|llc|llp|lp|ltd|limited|plc|ag|gmbh|kgaa|se|sa|s\.a|spa|s\.p\.a|nv|n\.v|bv|b\.v|oyj|ab|asa|n\.a|group|holdings?)\.?$/i;

/**
 * The name without its legal form, so that `Acme, Inc.` and `Acme Corporation` compare as the same company. Never
 * empty.
 */
export function withoutLegalForm(name: string): string {
  const whole = name.trim();
  const last = whole.split(/[\s,]/).at(-1)!;
  if (last.length === whole.length || !LEGAL_FORM.test(last)) return whole;
  let shorter = whole.slice(0, -last.length);
  while (/[\s,]$/.test(shorter)) shorter = shorter.slice(0, -1);
  return shorter === '' ? whole : withoutLegalForm(shorter);
}

/** Whether two company names differ at most in letter case and legal form. */
export function isSameCompanyName(left: string, right: string): boolean {
  return withoutLegalForm(left).toLowerCase() === withoutLegalForm(right).toLowerCase();
}
