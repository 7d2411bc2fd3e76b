import type { MappedLists } from '../intents/mappedLists.ts';
import { isFieldName } from '../salesforce/fieldName.ts';
import { z } from '../zod.ts';

const apiName = z.string().refine(isFieldName, 'is not an API name, such as Holding__c');

const mapping = z
  .strictObject({
    object: apiName.describe('API name of the object that holds them, e.g. `Order` or `Holding__c`.'),
    label: z.string().min(1).max(80).describe('What the person reads above them.'),
    Account: apiName.optional().describe('Its lookup field to Account; organizations and instruments are taken then.'),
    Contact: apiName
      .optional()
      .describe('Its lookup field to Contact. Without one, for a contact those of the account are shown.'),
    fields: z.array(apiName).min(1).max(6).default(['Name']).describe('What is shown of each; the first is the title.'),
    orderBy: apiName.default('CreatedDate').describe('The latest by this field come first.'),
  })
  .refine(({ Account, Contact }) => Account !== undefined || Contact !== undefined, {
    message: 'names neither a lookup field to Account nor one to Contact',
  });

/** The objects that `ViewOrders` and `ViewHoldings` are for. */
export const mappedLists = z
  .strictObject({ ViewOrders: mapping.optional(), ViewHoldings: mapping.optional() })
  .prefault({})
  .transform((lists): MappedLists => lists);
