import { z } from '../../zod.ts';

/** Nothing else may stand in the source text that is made of it. */
const apiName = z.string().regex(/^[A-Za-z]\w*$/);

const describedField = z.looseObject({
  name: apiName,
  label: z.string().default(''),
  type: z.string(),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  restrictedPicklist: z.boolean().default(false),
  picklistValues: z.array(z.looseObject({ value: z.string() })).nullish(),
  referenceTo: z.array(apiName).nullish(),
  relationshipName: apiName.nullish(),
});
export type DescribedField = z.output<typeof describedField>;

/** The answer of `…/sobjects/NAME/describe`, as far as types are made of it. */
export const describedObject = z.looseObject({
  name: apiName,
  label: z.string().default(''),
  fields: z.array(describedField).min(1),
});
export type DescribedObject = z.output<typeof describedObject>;

/** The answer of `…/sobjects`. */
export const describedOrg = z.looseObject({
  sobjects: z.array(
    z.looseObject({ name: apiName, custom: z.boolean().default(false), queryable: z.boolean().default(true) }),
  ),
});
