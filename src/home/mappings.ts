import { isFieldName } from '../salesforce/fieldName.ts';
import { isSoqlName } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import { defaultMappings } from './defaultMappings.ts';
import { isWholeCondition } from './wholeCondition.ts';

/** Some write `None`, as an example of the sample's README does. */
const inLowerCase = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
const apiName = z.string().refine(isSoqlName, 'is not an API name, such as Account or LEI__c');
const field = z.string().refine((name) => isSoqlName(name) || isFieldName(name), 'is not the API name of a field');

const reference = z
  .object({
    sourceType: apiName.optional(),
    type: apiName.optional().describe('The same as `sourceType`.'),
    field,
    fieldSub: field.optional(),
  })
  .transform(({ sourceType, type, ...rest }) => ({ type: sourceType ?? type ?? '', ...rest }))
  .refine(({ type }) => type !== '', 'names no object: write sourceType');

const fieldMapping = z.object({
  field: field.describe('The field to read; in a feed, the member of its element.'),
  fieldSub: field.optional().describe('A field one level below: `Name` of `Account`.'),
  displayMode: z
    .preprocess(inLowerCase, z.enum(['none', 'icon', 'initials', 'header', 'sub-header', 'field']))
    .default('none')
    .describe('Where on the card it stands.'),
  fieldContent: z
    .preprocess(inLowerCase, z.enum(['text', 'link', 'memo', 'date']))
    .default('text')
    .describe('How a field of the card is shown.'),
  label: z.string().optional().describe('Before the value of a field; left out, the name of the field.'),
  isResultTitle: z.boolean().default(false).describe('Whether it is the title of the result.'),
  reference: reference.optional().describe('Where the field holds an id: what to show of the record that it names.'),
});

const action = z
  .object({
    label: z.string().min(1),
    iconKey: z.string().optional().describe('A key of `iconMap`.'),
    url: z
      .string()
      .startsWith('https://', 'must begin with https://')
      .optional()
      .describe('Opened in the browser; `{Field}` stands for the value of that field.'),
    intent: z
      .object({ name: z.string().min(1), context: z.looseObject({ type: z.string().min(1) }) })
      .optional()
      .describe('Raised; `{Field}` in its texts stands for the value of that field.'),
  })
  .describe('With neither `url` nor `intent`, the record is opened in Salesforce.');

const mapping = z
  .object({
    sourceType: apiName.describe('API name of an object, or `Chatter`.'),
    label: z.string().min(1).optional().describe('What people call the object; also the name of its filter.'),
    iconKey: z.string().optional().describe('A key of `iconMap`.'),
    lookupType: z.preprocess(inLowerCase, z.enum(['search', 'feed'])).optional(),
    feedType: z
      .string()
      .regex(/^[\w/-]+$/, 'is not a path of feeds, such as chatter or chatter/feeds/news/me')
      .optional(),
    maxItems: z.number().int().min(1).max(100).optional().describe('Records of this object at most.'),
    condition: z
      .string()
      .refine(isWholeCondition, 'is not a whole condition: a bracket or a quote is open')
      .optional()
      .describe('What follows WHERE in SOSL: only records of which it is true are found.'),
    fieldMappings: z.array(fieldMapping).min(1).max(100).optional(),
    actions: z.array(action).max(20).optional().describe('In place of the usual actions.'),
  })
  .refine(({ sourceType, fieldMappings }) => fieldMappings !== undefined || defaultMappings[sourceType] !== undefined, {
    message: 'has no fields by default: name them',
    path: ['fieldMappings'],
  });

/** The `mappings` of the vendor's sample integration, as a configuration writes them. */
export const mappings = z.array(mapping).min(1).max(20);
export type MappingsInput = z.input<typeof mappings>;

export type FieldMapping = z.output<typeof fieldMapping>;
export type MappedAction = z.output<typeof action>;

/** An object that is searched, with nothing left out. */
export interface SearchedObject {
  sourceType: string;
  label: string;
  iconKey: string;
  lookup: { kind: 'search'; condition: string | undefined } | { kind: 'feed'; feedType: string };
  maxItems: number;
  fields: readonly FieldMapping[];
  actions: readonly MappedAction[] | undefined;
}

const usualItems = 10;

/**
 * What a configuration's mappings mean, with what the defaults of an object add.
 *
 * @param given left out: all objects with defaults
 */
export function searchedObjects(given?: z.output<typeof mappings>): SearchedObject[] {
  const all = given ?? mappings.parse(Object.keys(defaultMappings).map((sourceType) => ({ sourceType })));
  return all.map((one) => {
    const usual = defaultMappings[one.sourceType];
    const isFeed = (one.lookupType ?? usual?.lookupType) === 'feed';
    return {
      sourceType: one.sourceType,
      label: one.label ?? usual?.label ?? one.sourceType,
      iconKey: one.iconKey ?? one.sourceType.toLowerCase(),
      lookup: isFeed
        ? { kind: 'feed', feedType: one.feedType ?? 'chatter' }
        : { kind: 'search', condition: one.condition },
      maxItems: one.maxItems ?? usualItems,
      fields: one.fieldMappings ?? z.array(fieldMapping).parse(usual?.fieldMappings),
      actions: one.actions,
    };
  });
}
