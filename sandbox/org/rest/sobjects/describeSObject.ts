import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema } from '../../database/schema/orgSchema.ts';
import { describeField } from './describeField.ts';

/** Id of the record type of objects that have none of their own. */
export const MASTER_RECORD_TYPE_ID = '012000000000000AAA';

/** The short description of an object: an item of the global describe, and `objectDescribe` of the basic info. */
export function describeBasics(object: ObjectDefinition, apiVersion: string): Record<string, unknown> {
  const url = `/services/data/v${apiVersion}/sobjects/${object.name}`;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: object.feedEnabled,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: object.layoutable,
    mergeable: ['Account', 'Contact', 'Lead', 'Case'].includes(object.name),
    mruEnabled: object.layoutable,
    name: object.name,
    queryable: true,
    replicateable: !object.setupObject,
    retrieveable: true,
    searchable: object.searchable,
    triggerable: !object.setupObject,
    undeletable: object.deletable,
    updateable: object.updateable,
    urls: resourceUrls(object, url),
  };
}

/** The whole description of an object (REST API guide, "sObject Describe"). */
export function describeSObject(object: ObjectDefinition, apiVersion: string): Record<string, unknown> {
  const url = `/services/data/v${apiVersion}/sobjects/${object.name}`;
  const members: Record<string, unknown> = {
    ...describeBasics(object, apiVersion),
    actionOverrides: [],
    childRelationships: orgSchema
      .childRelationships(object)
      .map(({ childObject, field, relationshipName, cascadeDelete }) => ({
        cascadeDelete,
        childSObject: childObject.name,
        deprecatedAndHidden: false,
        field: field.name,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName,
        restrictedDelete: false,
      })),
    compactLayoutable: object.layoutable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: object.fields.map((field) => describeField(object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: object.layoutable ? [masterRecordType(url)] : [],
    searchLayoutable: object.searchable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [
      { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
  };
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function resourceUrls(object: ObjectDefinition, url: string): Record<string, string> {
  const always = { rowTemplate: `${url}/{ID}`, describe: `${url}/describe`, sobject: url };
  if (!object.layoutable) return always;
  return {
    compactLayouts: `${url}/describe/compactLayouts`,
    rowTemplate: always.rowTemplate,
    approvalLayouts: `${url}/describe/approvalLayouts`,
    listviews: `${url}/listviews`,
    describe: always.describe,
    quickActions: `${url}/quickActions`,
    layouts: `${url}/describe/layouts`,
    sobject: url,
  };
}

function masterRecordType(url: string): Record<string, unknown> {
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId: MASTER_RECORD_TYPE_ID,
    urls: { layout: `${url}/describe/layouts/${MASTER_RECORD_TYPE_ID}` },
  };
}
