import type { FieldDefinition, FieldType, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import type { OrgSchema } from '../../database/schema/orgSchema.ts';
import { isRequired } from '../sobjects/describeField.ts';
import { MASTER_RECORD_TYPE_ID } from '../sobjects/describeSObject.ts';
import { entityTag } from './recordRepresentation.ts';

const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'Reference',
  reference: 'Reference',
  string: 'String',
  textarea: 'TextArea',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  address: 'Address',
  base64: 'Base64',
};

/**
 * What a form needs to know of an object (User Interface API guide, "Object Info").
 *
 * @param schema What the user who asks sees of the org; the object is of it.
 */
export function objectInfo(object: ObjectDefinition, schema: OrgSchema): Record<string, unknown> {
  const info = {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: schema
      .childRelationships(object)
      .map(({ childObject, field, relationshipName }) => ({
        childObjectApiName: childObject.name,
        fieldName: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName,
      })),
    compactLayoutable: object.layoutable,
    createable: object.createable,
    custom: object.custom,
    defaultRecordTypeId: object.layoutable ? MASTER_RECORD_TYPE_ID : null,
    deletable: object.deletable,
    dependentFields: {},
    feedEnabled: object.feedEnabled,
    fields: Object.fromEntries(object.fields.map((field) => [field.name, fieldInfo(field, schema)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.layoutable,
    mruEnabled: object.layoutable,
    nameFields: nameFields(object),
    queryable: true,
    recordTypeInfos: object.layoutable ? { [MASTER_RECORD_TYPE_ID]: masterRecordType() } : {},
    searchLayoutable: object.searchable,
    searchable: object.searchable,
    themeInfo: null,
    updateable: object.updateable,
  };
  return { ...info, eTag: entityTag(info) };
}

/** The values of each picklist, by field (User Interface API guide, "Picklist Values Collection"). */
export function picklistFieldValues(object: ObjectDefinition): Record<string, unknown> {
  const fields = object.fields.filter((field) => field.picklist.length > 0);
  const values = {
    picklistFieldValues: Object.fromEntries(fields.map((field) => [field.name, picklistValues(field)])),
  };
  return { ...values, eTag: entityTag(values) };
}

/** The values of one picklist, for every record type (User Interface API guide, "Picklist Values"). */
export function picklistValues(field: FieldDefinition): Record<string, unknown> {
  const values = field.picklist.map(({ label, value }) => ({ attributes: null, label, validFor: [], value }));
  const defaultIndex = field.picklist.findIndex((entry) => entry.isDefault);
  const list = { controllerValues: {}, defaultValue: values[defaultIndex] ?? null, values };
  return { ...list, eTag: entityTag(list) };
}

function fieldInfo(field: FieldDefinition, schema: OrgSchema): Record<string, unknown> {
  return {
    apiName: field.name,
    calculated: field.calculated,
    compound: field.addressParts !== undefined,
    compoundComponentName: null,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    controllingFields: [],
    createable: field.createable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    defaultValue: null,
    defaultedOnCreate: !field.nillable && !isRequired(field),
    digits: field.type === 'int' ? field.precision : 0,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'PlainTextArea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: false,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    maskType: null,
    nameField: field.nameField,
    polymorphicForeignKey: (field.reference?.to.length ?? 0) > 1,
    precision: field.precision,
    reference: field.reference !== undefined,
    referenceTargetField: null,
    referenceToInfos: (field.reference?.to ?? []).map((name) => {
      const target = schema.object(name);
      return { apiName: name, nameFields: target ? nameFields(target) : [] };
    }),
    relationshipName: field.reference?.relationshipName ?? null,
    required: isRequired(field),
    scale: field.scale,
    searchPrefilterable: field.reference !== undefined,
    sortable: field.sortable,
    unique: field.unique,
    updateable: field.updateable,
  };
}

/** People are named by their first and last name too. */
function nameFields(object: ObjectDefinition): string[] {
  const parts = ['FirstName', 'LastName'].filter((name) => object.fields.some((field) => field.name === name));
  return [object.nameField, ...parts];
}

function masterRecordType(): Record<string, unknown> {
  return {
    available: true,
    defaultRecordTypeMapping: true,
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE_ID,
  };
}
