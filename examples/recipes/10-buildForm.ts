/**
 * # Build a form of the org's own fields
 *
 * Labels and picklists as the org has them, of the fields that this person may write.
 */
import { describe, type SalesforceConnection } from 'salesforce-interop-client';

export interface FormField {
  name: string;
  label: string;
  required: boolean;
  /** The values to choose from; undefined for a field that takes others. */
  choices: string[] | undefined;
}

export async function formOf(salesforce: SalesforceConnection, object: string): Promise<FormField[]> {
  // Descriptions change seldom: one that is some minutes old is as good.
  const { fields } = await describe(salesforce, object, { maxAge: 300_000 });
  return fields
    .filter(({ createable }) => createable)
    .map(({ name, label, nillable, type, defaultedOnCreate, picklistValues }) => ({
      name,
      label,
      required: !nillable && defaultedOnCreate !== true,
      choices:
        type === 'picklist' ? picklistValues.filter(({ active }) => active).map(({ value }) => value) : undefined,
    }));
}
