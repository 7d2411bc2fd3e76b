import type { FieldDefinition, FieldType, ObjectDefinition } from '../../database/schema/objectDefinition.ts';

const SOAP_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  address: 'urn:address',
  base64: 'xsd:base64Binary',
  string: 'xsd:string',
  textarea: 'xsd:string',
  email: 'xsd:string',
  phone: 'xsd:string',
  url: 'xsd:string',
  picklist: 'xsd:string',
  multipicklist: 'xsd:string',
};
const NOT_AGGREGATABLE: readonly FieldType[] = ['boolean', 'address', 'base64', 'multipicklist'];
/** UTF-8 bytes Salesforce reserves for one character. */
const BYTES_PER_CHARACTER = 3;

/** One entry of `fields` in a describe result (REST API guide, "sObject Describe"). */
export function describeField(object: ObjectDefinition, field: FieldDefinition): Record<string, unknown> {
  const isId = field.type === 'id' || field.type === 'reference';
  const isPolymorphic = (field.reference?.to.length ?? 0) > 1;
  return {
    aggregatable: field.filterable && !NOT_AGGREGATABLE.includes(field.type),
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: isId ? field.length : field.length * BYTES_PER_CHARACTER,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: field.reference?.cascadeDelete ?? false,
    caseSensitive: false,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.type === 'boolean' ? Boolean(field.defaultValue) : null,
    defaultValueFormula: null,
    defaultedOnCreate: isDefaultedOnCreate(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: isPolymorphic,
    nillable: field.nillable,
    permissionable: field.createable && field.nillable,
    picklistValues: field.picklist.map((entry) => ({
      active: true,
      defaultValue: entry.isDefault,
      label: entry.label,
      validFor: null,
      value: entry.value,
    })),
    polymorphicForeignKey: isPolymorphic,
    precision: field.type === 'int' ? 0 : field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: [...(field.reference?.to ?? [])],
    relationshipName: field.reference?.relationshipName ?? null,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: SOAP_TYPES[field.type],
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

/** A field the caller may leave out although it is never null: defaults, audit fields, the owner. */
function isDefaultedOnCreate(field: FieldDefinition): boolean {
  if (field.defaultValue !== null || field.type === 'boolean') return true;
  return !field.nillable && (!field.createable || field.name === 'OwnerId');
}

/** A field without which a record cannot be saved. */
export function isRequired(field: FieldDefinition): boolean {
  return !field.nillable && field.createable && !isDefaultedOnCreate(field);
}
