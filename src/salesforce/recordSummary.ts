import type { AccountRow } from './accountRow.ts';
import type { ContactRow } from './contactRow.ts';

/** A record in a few lines that tell it from similar ones. */
export interface RecordSummary {
  type: string;
  id: string;
  name: string;
  details: { label: string; value: string }[];
}

function details(labelled: Record<string, string | null | undefined>): RecordSummary['details'] {
  return Object.entries(labelled).flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

export function summaryOfContact(row: ContactRow): RecordSummary {
  const lines = { Company: row.Account?.Name, Title: row.Title, 'E-mail': row.Email, Phone: row.Phone ?? row.MobilePhone };
  return { type: 'Contact', id: row.Id, name: row.Name, details: details(lines) };
}

export function summaryOfAccount(row: AccountRow): RecordSummary {
  const place = [row.BillingCity, row.BillingCountry].filter(Boolean).join(', ');
  const lines = { Industry: row.Industry, Location: place, Phone: row.Phone, Website: row.Website };
  return { type: 'Account', id: row.Id, name: row.Name, details: details(lines) };
}
