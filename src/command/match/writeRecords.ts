import { askOrg, type OrgAccess } from '../orgAccess.ts';
import { CommandRefused } from '../usageError.ts';
import type { GivenRecord } from './matchFile.ts';

/**
 * Writes records into an org, one after the other; a reference such as `A1` in a field stands for that record's id.
 *
 * @throws {CommandRefused} for a record that the org does not take
 */
export async function writeRecords(org: OrgAccess, records: readonly GivenRecord[]): Promise<void> {
  const ids = new Map<string, string>();
  for (const { ref, type, fields } of records) {
    const values = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        typeof value === 'string' ? (ids.get(value) ?? value) : value,
      ]),
    );
    const path = `/services/data/vXX.X/sobjects/${encodeURIComponent(type)}`;
    const outcome = await askOrg(org, path, { method: 'POST', body: values });
    if (!outcome.ok) {
      const { message, data } = outcome.error;
      const named = ref ?? JSON.stringify(fields);
      throw new CommandRefused(`The record ${named} was not taken: ${message} ${JSON.stringify(data ?? '')}`);
    }
    if (ref !== undefined) ids.set(ref, (outcome.data as { id: string }).id);
  }
}
