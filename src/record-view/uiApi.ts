import { z } from '../zod.ts';

/** Answers of the User Interface API, as far as this page reads them. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

interface UiRecord {
  apiName: string;
  id: string;
  recordTypeId?: string | null | undefined;
  systemModstamp?: string | null | undefined;
  fields: Record<string, { displayValue?: string | null | undefined; value?: unknown }>;
}

const uiField = z.looseObject({ displayValue: z.string().nullish(), value: z.unknown() });

export const uiRecord: z.ZodType<UiRecord> = z.looseObject({
  apiName: z.string(),
  id: z.string(),
  recordTypeId: z.string().nullish(),
  systemModstamp: z.string().nullish(),
  fields: z.record(z.string(), uiField),
});

export const fieldInfo = z.looseObject({
  apiName: z.string(),
  label: z.string(),
  dataType: z.string(),
  required: z.boolean().default(false),
  createable: z.boolean().default(false),
  updateable: z.boolean().default(false),
  controllerName: z.string().nullish(),
  compound: z.boolean().default(false),
  compoundFieldName: z.string().nullish(),
  length: z.number().nullish(),
  nameField: z.boolean().default(false),
  relationshipName: z.string().nullish(),
  /** Of a dependent lookup: the fields of the same record that decide what it may refer to. */
  filteredLookupInfo: z.looseObject({ controllingFields: z.array(z.string()).default([]) }).nullish(),
  referenceToInfos: z.array(z.looseObject({ apiName: z.string() })).default([]),
});
export type FieldInfo = z.infer<typeof fieldInfo>;

export const objectInfo = z.looseObject({
  apiName: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  createable: z.boolean().default(false),
  updateable: z.boolean().default(false),
  defaultRecordTypeId: z.string().nullish(),
  fields: z.record(z.string(), fieldInfo),
  themeInfo: z.looseObject({ color: z.string().nullish() }).nullish(),
});
export type ObjectInfo = z.infer<typeof objectInfo>;

const layoutComponent = z.looseObject({
  apiName: z.string().nullish(),
  componentType: z.string(),
  label: z.string().nullish(),
});

const layoutItem = z.looseObject({
  label: z.string().nullish(),
  required: z.boolean().default(false),
  editableForNew: z.boolean().default(false),
  editableForUpdate: z.boolean().default(false),
  layoutComponents: z.array(layoutComponent),
});
export type LayoutItem = z.infer<typeof layoutItem>;

export const layout = z.looseObject({
  sections: z.array(
    z.looseObject({
      heading: z.string().nullish(),
      useHeading: z.boolean().default(true),
      layoutRows: z.array(z.looseObject({ layoutItems: z.array(layoutItem) })),
    }),
  ),
});
export type Layout = z.infer<typeof layout>;

/** A layout of these fields, each in a place of its own. */
export const layoutOf = (names: readonly string[]): Layout => ({
  sections: [
    {
      heading: '',
      useHeading: false,
      layoutRows: names.map((apiName) => ({
        layoutItems: [
          {
            required: false,
            editableForNew: true,
            editableForUpdate: true,
            layoutComponents: [{ apiName, componentType: 'Field' }],
          },
        ],
      })),
    },
  ],
});

export const recordUi = z.looseObject({
  layouts: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.record(z.string(), layout)))),
  objectInfos: z.record(z.string(), objectInfo),
  records: z.record(z.string(), uiRecord),
});

/** User Interface API guide, "Lookup Values" and "Record Collection": by object, what was found. */
export const lookupValues = z.looseObject({
  lookupResults: z.record(
    z.string(),
    z.looseObject({
      records: z.array(uiRecord),
      nextPageToken: z.string().nullish(),
      nextPageUrl: z.string().nullish(),
    }),
  ),
});

export const createdRecord = z.looseObject({ id: z.string(), apiName: z.string() });

const picklistValue = z.looseObject({
  label: z.string(),
  value: z.string(),
  /** Of a dependent picklist: numbers of the values of the controlling field. */
  validFor: z.array(z.number()).default([]),
});

export const picklistValues = z.looseObject({
  picklistFieldValues: z.record(
    z.string(),
    z.looseObject({
      /** Values of the controlling field, by their numbers. */
      controllerValues: z.record(z.string(), z.number()).default({}),
      values: z.array(picklistValue),
    }),
  ),
});
export type PicklistValues = z.infer<typeof picklistValues>;

export type { UiRecord };
