import { z } from 'zod';
import type { BenchPerson } from './intents.ts';
import type { Stage } from './stage.ts';

const page = z.object({ records: z.array(z.record(z.string(), z.unknown())), nextRecordsUrl: z.string().optional() });
const contact = z.object({ Id: z.string(), Name: z.string(), Email: z.string().nullable() });

/** Contacts of the org, asked for outside all browsers: their ids, and people who can be told apart by their e-mail. */
export async function readContacts(
  { org }: Stage,
  accessToken: string,
): Promise<{ ids: string[]; people: BenchPerson[] }> {
  const contacts: z.infer<typeof contact>[] = [];
  for (let next: string | undefined = '/services/data/v56.0/query?q=SELECT+Id,Name,Email+FROM+Contact'; next;) {
    const response = await fetch(`${org.url}${next}`, { headers: { Authorization: `Bearer ${accessToken}` } });
    const { records, nextRecordsUrl } = page.parse(await response.json());
    contacts.push(...records.map((record) => contact.parse(record)));
    next = nextRecordsUrl;
  }
  const byEmail = new Map<string, number>();
  for (const { Email } of contacts) if (Email !== null) byEmail.set(Email, (byEmail.get(Email) ?? 0) + 1);
  const people = contacts.flatMap(({ Name, Email }) =>
    Email !== null && byEmail.get(Email) === 1 ? [{ name: Name, email: Email }] : [],
  );
  return { ids: contacts.map(({ Id }) => Id), people };
}
