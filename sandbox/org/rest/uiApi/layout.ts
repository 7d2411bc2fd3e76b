import { OrgError } from '../../database/orgError.ts';
import type { ObjectDefinition } from '../../database/schema/objectDefinition.ts';
import { isRequired } from '../sobjects/describeField.ts';
import { layoutId } from '../sobjects/describeLayouts.ts';
import { MASTER_RECORD_TYPE_ID } from '../sobjects/describeSObject.ts';
import { layoutFields } from './readRecord.ts';
import { entityTag } from './recordRepresentation.ts';

const COLUMNS = 2;
const MODES: readonly string[] = ['View', 'Edit', 'Create'];

interface LayoutSelection {
  /** `Full` or `Compact`. */
  layoutType: string;
  /** `View`, `Edit` or `Create`. */
  mode: string;
}

/**
 * The page layout of an object: fields that it does not have for this user are left out.
 *
 * @throws OrgError 400.
 * @see User Interface API guide, "Record Layout"
 */
export function recordLayout(object: ObjectDefinition, { layoutType, mode }: LayoutSelection): Record<string, unknown> {
  if (!MODES.includes(mode))
    throw new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `mode: ${mode} is not View, Edit or Create`);
  const sections =
    layoutType === 'Full' ? object.layoutSections : [{ heading: '', fields: layoutFields(object, layoutType) }];
  const layout = {
    id: layoutId(object),
    layoutType,
    mode,
    objectApiName: object.name,
    recordTypeId: MASTER_RECORD_TYPE_ID,
    saveOptions: [],
    sections: sections.map((section, index) => layoutSection(object, section, index)).filter(({ rows }) => rows !== 0),
  };
  return { eTag: entityTag(layout), ...layout };
}

function layoutSection(
  object: ObjectDefinition,
  { heading, fields }: { heading: string; fields: readonly string[] },
  index: number,
): Record<string, unknown> {
  const items = fields.flatMap((name) => layoutItem(object, name));
  const rows = Array.from({ length: Math.ceil(items.length / COLUMNS) }, (_, row) => ({
    layoutItems: items.slice(row * COLUMNS, (row + 1) * COLUMNS),
  }));
  return {
    collapsible: index > 0,
    columns: COLUMNS,
    heading,
    id: `${layoutId(object)}-${index + 1}`,
    layoutRows: rows,
    rows: rows.length,
    tabOrder: 'LeftToRight',
    useHeading: heading !== '',
  };
}

function layoutItem(object: ObjectDefinition, name: string): Record<string, unknown>[] {
  const field = object.fields.find((one) => one.name === name);
  if (!field) return [];
  // What is made of parts is filled in by them.
  const parts = object.fields.filter((part) => part.compoundFieldName === field.name);
  const filled = parts.length > 0 ? parts : [field];
  const component = { apiName: field.name, componentType: 'Field', label: field.label };
  return [
    {
      editableForNew: filled.some(({ createable }) => createable),
      editableForUpdate: filled.some(({ updateable }) => updateable),
      label: field.label,
      layoutComponents: [component],
      lookupIdApiName: field.reference ? 'Id' : null,
      required: isRequired(field),
      sortable: false,
    },
  ];
}
