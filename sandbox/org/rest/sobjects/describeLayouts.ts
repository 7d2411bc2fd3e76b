import { makeRecordId } from '../../../../src/salesforce/recordId.ts';
import type { FieldDefinition, ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { orgSchema, type OrgSchema } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';
import { describeField, isRequired } from './describeField.ts';
import { MASTER_RECORD_TYPE_ID } from './describeSObject.ts';
import { requireObject } from './requireObject.ts';

const COLUMNS = 2;
const LAYOUT_PREFIX = '00h';
const COMPACT_LAYOUT_PREFIX = '0AH';

interface DescribedLayouts {
  layouts: readonly Record<string, unknown>[];
  recordTypeMappings: readonly Record<string, unknown>[];
  recordTypeSelectorRequired: readonly boolean[];
}

/** The page layout of an object (REST API guide, "sObject Layouts"). @throws OrgError 404 for objects without pages. */
export function describeLayouts(object: ObjectDefinition, apiVersion: string): DescribedLayouts {
  if (!object.layoutable) throw notFound();
  const sections = object.layoutSections.map((section, index) => detailSection(object, section, index));
  const layout = {
    buttonLayoutSection: { detailButtons: [] },
    detailLayoutSections: sections,
    editLayoutSections: sections,
    feedView: null,
    highlightsPanelLayoutSection: null,
    id: layoutId(object),
    multirowEditLayoutSections: [],
    offlineLinks: [],
    quickActionList: { quickActionListItems: [] },
    relatedContent: null,
    relatedLists: relatedLists(object),
    saveOptions: [],
  };
  const mapping = {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    layoutId: layout.id,
    master: true,
    name: 'Master',
    picklistsForRecordType: object.fields
      .filter((field) => field.picklist.length > 0)
      .map((field) => ({ picklistName: field.name, picklistValues: describeField(object, field)['picklistValues'] })),
    recordTypeId: MASTER_RECORD_TYPE_ID,
    urls: { layout: `/services/data/v${apiVersion}/sobjects/${object.name}/describe/layouts/${MASTER_RECORD_TYPE_ID}` },
  };
  return { layouts: [layout], recordTypeMappings: [mapping], recordTypeSelectorRequired: [false] };
}

/** The same for each user, whatever of the object is hidden from them. */
const placeInSchema = ({ name }: ObjectDefinition): number => orgSchema.objects.findIndex((one) => one.name === name);

/** A field of the object, as far as the user sees it. */
const fieldOf = ({ fields }: ObjectDefinition, name: string): FieldDefinition | undefined =>
  fields.find((field) => field.name === name);

/** The layout's id follows from the object's place in the schema. */
export function layoutId(object: ObjectDefinition): string {
  return makeRecordId(LAYOUT_PREFIX, placeInSchema(object) + 1);
}

/** The highlights panel of an object (REST API guide, "sObject CompactLayouts"). */
export function compactLayouts(object: ObjectDefinition, apiVersion: string): Record<string, unknown> {
  if (!object.layoutable) throw notFound();
  const url = `/services/data/v${apiVersion}/sobjects/${object.name}/describe/compactLayouts`;
  const layout = compactLayout(object);
  const mapping = {
    available: true,
    compactLayoutId: layout['id'],
    compactLayoutName: layout['name'],
    recordTypeId: MASTER_RECORD_TYPE_ID,
    recordTypeName: 'Master',
    urls: { compactLayout: `${url}/${MASTER_RECORD_TYPE_ID}` },
  };
  return {
    compactLayouts: [layout],
    defaultCompactLayoutId: layout['id'],
    recordTypeCompactLayoutMappings: [mapping],
    urls: { primary: `${url}/primary` },
  };
}

/** `GET /compactLayouts?q=Account,Contact`: each object's own layout by name, as the user sees it. */
export function primaryCompactLayouts(names: string, schema: OrgSchema): Record<string, unknown> {
  const objects = names
    .split(',')
    .filter((name) => name.trim() !== '')
    .map((name) => requireObject(name.trim(), schema));
  return Object.fromEntries(objects.map((object) => [object.name, compactLayout(object)]));
}

/** The org has no approval processes. */
export function approvalLayouts(): Record<string, unknown> {
  return { approvalLayouts: [] };
}

function compactLayout(object: ObjectDefinition): Record<string, unknown> {
  const id = makeRecordId(COMPACT_LAYOUT_PREFIX, placeInSchema(object) + 1);
  const fieldItems = object.compactLayout
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined)
    .map((field) => layoutItem(object, field, 0));
  return {
    actions: [],
    fieldItems,
    id,
    imageItems: [],
    label: 'System Default',
    name: 'SYSTEM',
    objectType: object.name,
  };
}

function detailSection(
  object: ObjectDefinition,
  section: ObjectDefinition['layoutSections'][number],
  index: number,
): Record<string, unknown> {
  const fields = section.fields.map((name) => fieldOf(object, name)).filter((field) => field !== undefined);
  const rows = Array.from({ length: Math.ceil(fields.length / COLUMNS) }, (_, row) =>
    fields.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
  return {
    collapsed: false,
    columns: COLUMNS,
    heading: section.heading,
    layoutRows: rows.map((row, line) => ({
      layoutItems: row.map((field, column) => layoutItem(object, field, line * COLUMNS + column + 1)),
      numItems: row.length,
    })),
    layoutSectionId: makeRecordId('01B', placeInSchema(object) * 100 + index + 1),
    parentLayoutId: layoutId(object),
    rows: rows.length,
    tabOrder: 'TopToBottom',
    useCollapsibleSection: false,
    useHeading: index > 0,
  };
}

function layoutItem(object: ObjectDefinition, field: FieldDefinition, tabOrder: number): Record<string, unknown> {
  return {
    editableForNew: field.createable,
    editableForUpdate: field.updateable,
    label: field.label,
    layoutComponents: [
      { details: describeField(object, field), displayLines: 1, tabOrder, type: 'Field', value: field.name },
    ],
    placeholder: false,
    required: isRequired(field),
  };
}

function relatedLists(object: ObjectDefinition): Record<string, unknown>[] {
  return orgSchema
    .childRelationships(object)
    .filter(({ relationshipName, childObject }) => relationshipName !== null && childObject.layoutable)
    .map(({ childObject, field, relationshipName }) => ({
      accessLevelRequiredForCreate: null,
      buttons: [],
      columns: childObject.compactLayout.map((name) => ({
        field: `${childObject.name}.${name}`,
        fieldApiName: name,
        format: null,
        label: orgSchema.field(childObject, name)?.label ?? name,
        lookupId: null,
        name,
        sortable: true,
      })),
      custom: childObject.custom,
      field: field.name,
      label: childObject.labelPlural,
      limitRows: 5,
      name: relationshipName,
      sobject: childObject.name,
      sort: [],
    }));
}
