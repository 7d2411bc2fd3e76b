import { z } from '../zod.ts';
import type { FormField, FormInput } from './formFields.ts';

/**
 * An object as the REST API describes it, as far as a form needs it.
 *
 * @see REST API Developer Guide, "sObject Describe"
 */
const describedField = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  nillable: z.boolean().default(true),
  createable: z.boolean().default(false),
  defaultedOnCreate: z.boolean().default(false),
  picklistValues: z
    .array(
      z.looseObject({
        active: z.boolean().default(true),
        defaultValue: z.boolean().default(false),
        label: z.string().nullish(),
        value: z.string(),
      }),
    )
    .default([]),
});

export const describedObject = z.looseObject({
  createable: z.boolean().default(false),
  fields: z.array(describedField).default([]),
});
export type DescribedObject = z.infer<typeof describedObject>;
type DescribedField = z.infer<typeof describedField>;

const inputs: Readonly<Record<string, FormInput>> = {
  string: 'text',
  textarea: 'textarea',
  email: 'email',
  phone: 'tel',
  url: 'url',
  boolean: 'checkbox',
  date: 'date',
  datetime: 'datetime-local',
  picklist: 'select',
  combobox: 'text',
  multipicklist: 'multiselect',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
};

/** Whether Salesforce refuses a new record without a value of this field. */
export const isRequired = ({ nillable, defaultedOnCreate, type }: DescribedField): boolean =>
  !nillable && !defaultedOnCreate && type !== 'boolean';

/** The form's fields for those of an object that this person may fill in, by name. Lookups are not among them. */
export function formFieldsOf({ fields }: DescribedObject): Map<string, FormField> {
  return new Map(
    fields.flatMap((field): [string, FormField][] => {
      const input = field.createable ? inputs[field.type] : undefined;
      if (input === undefined) return [];
      const options = field.picklistValues
        .filter(({ active }) => active)
        .map(({ label, value }) => ({ label: label ?? value, value, validFor: [] }));
      const { name, label, length } = field;
      const rest = { controller: undefined, maxLength: length || undefined };
      return [[name, { name, label, input, required: isRequired(field), options, ...rest }]];
    }),
  );
}

/** The value that the org puts in a picklist by itself. */
export function defaultOf({ fields }: DescribedObject, name: string): string | undefined {
  const values = fields.find((field) => field.name === name)?.picklistValues ?? [];
  return values.find(({ defaultValue }) => defaultValue)?.value;
}
