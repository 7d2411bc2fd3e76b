import { z } from '../zod.ts';
import { contactRow } from './contactRow.ts';

/** Fields of a lead that tell it from others. */
export const leadFields = [
  'Id',
  'Name',
  'FirstName',
  'LastName',
  'Title',
  'Email',
  'Phone',
  'MobilePhone',
  'Company',
] as const;

/** A row with {@link leadFields}, as a contact: its company is a name, and no account. */
export const leadRow = z
  .looseObject({ Id: z.string(), Company: z.string().nullish() })
  .transform(({ Company, ...row }) =>
    contactRow.parse(Company === undefined ? row : { ...row, AccountId: null, Account: { Name: Company } }),
  );
