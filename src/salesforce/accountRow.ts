import { z } from '../zod.ts';

const optionalText = z.string().nullish();

/** Fields of an account that tell it from others. */
export const accountFields = [
  'Id',
  'Name',
  'Industry',
  'Type',
  'Phone',
  'Website',
  'BillingCity',
  'BillingCountry',
] as const;

/** A row with {@link accountFields}, as SOQL and SOSL return it. */
export const accountRow = z.looseObject({
  Id: z.string(),
  Name: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  Industry: optionalText,
  Type: optionalText,
  Phone: optionalText,
  Website: optionalText,
  BillingCity: optionalText,
  BillingCountry: optionalText,
});
export type AccountRow = z.infer<typeof accountRow>;
