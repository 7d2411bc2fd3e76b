import { z } from '../zod.ts';

const optionalText = z.string().nullish();

/** Fields of a contact that tell it from others. */
export const contactFields = [
  'Id',
  'Name',
  'FirstName',
  'LastName',
  'Title',
  'Email',
  'Phone',
  'MobilePhone',
  'AccountId',
  'Account.Name',
] as const;

/** A row with {@link contactFields}, as SOQL and SOSL return it. */
export const contactRow = z.looseObject({
  Id: z.string(),
  Name: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  FirstName: optionalText,
  LastName: optionalText,
  Title: optionalText,
  Email: optionalText,
  Phone: optionalText,
  MobilePhone: optionalText,
  AccountId: optionalText,
  Account: z.looseObject({ Name: optionalText }).nullish(),
});
export type ContactRow = z.infer<typeof contactRow>;
