import { z } from '../zod.ts';
import type { AccountRow } from './accountRow.ts';
import type { ContactRow } from './contactRow.ts';

export const recordSummary = z
  .object({
    type: z.string().describe('its object, e.g. `Contact`'),
    id: z.string(),
    name: z.string(),
    details: z.array(z.object({ label: z.string(), value: z.string() })).describe('lines such as company and e-mail'),
  })
  .meta({ id: 'RecordSummary', description: 'A record in a few lines that tell it from similar ones.' });
export type RecordSummary = z.infer<typeof recordSummary>;

function details(labelled: Record<string, string | null | undefined>): RecordSummary['details'] {
  return Object.entries(labelled).flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** A contact in a few lines that tell it from similar ones. */
export function summaryOfContact(row: ContactRow): RecordSummary {
  const lines = {
    Company: row.Account?.Name,
    Title: row.Title,
    'E-mail': row.Email,
    Phone: row.Phone ?? row.MobilePhone,
  };
  return { type: 'Contact', id: row.Id, name: row.Name, details: details(lines) };
}

/** An account in a few lines that tell it from similar ones. */
export function summaryOfAccount(row: AccountRow): RecordSummary {
  const place = [row.BillingCity, row.BillingCountry].filter(Boolean).join(', ');
  const lines = { Industry: row.Industry, Location: place, Phone: row.Phone, Website: row.Website };
  return { type: 'Account', id: row.Id, name: row.Name, details: details(lines) };
}
