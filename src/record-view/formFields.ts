import type { EditedField } from '../record-edit/recordState.ts';
import type { FieldInfo, Layout, ObjectInfo, PicklistValues } from './uiApi.ts';

export type FormInput =
  | 'text'
  | 'textarea'
  | 'email'
  | 'tel'
  | 'url'
  | 'number'
  | 'date'
  | 'datetime-local'
  | 'checkbox'
  | 'select'
  | 'multiselect'
  | 'lookup';

/** What may be chosen in a picklist. */
export interface FormOption {
  label: string;
  value: string;
  /** Of a dependent picklist: the values of the controlling field for which this may be chosen. */
  validFor: readonly string[];
}

export interface FormField extends EditedField {
  input: FormInput;
  required: boolean;
  maxLength: number | undefined;
  /** For `select` and `multiselect`: what may be chosen. */
  options: FormOption[];
  /** For a dependent picklist: the field that it hangs on. */
  controller: string | undefined;
  /** For `lookup`: the objects of the records to find, and the fields of this record that its filter asks for. */
  lookup?: { targets: readonly string[]; filteredBy: readonly string[] };
}

/** What the form's inputs hold, by field: several values of a picklist with semicolons between them. */
export type FormValues = Record<string, string | boolean>;

const INPUT_OF_TYPE: Readonly<Record<string, FormInput>> = {
  String: 'text',
  TextArea: 'textarea',
  Email: 'email',
  Phone: 'tel',
  Url: 'url',
  Boolean: 'checkbox',
  Date: 'date',
  DateTime: 'datetime-local',
  Picklist: 'select',
  MultiPicklist: 'multiselect',
  Int: 'number',
  Double: 'number',
  Currency: 'number',
  Percent: 'number',
};

const NAME_PARTS = ['Salutation', 'FirstName', 'MiddleName', 'LastName', 'Suffix'];

/** The parts of a compound field that a person fills in, names in the order they are spoken. */
function partsOf(compound: string, info: ObjectInfo): FieldInfo[] {
  return Object.values(info.fields)
    .filter(
      ({ apiName, compoundFieldName }) =>
        compoundFieldName === compound && !/(Latitude|Longitude|GeocodeAccuracy)$/.test(apiName),
    )
    .sort((left, right) => NAME_PARTS.indexOf(left.apiName) - NAME_PARTS.indexOf(right.apiName));
}

/** Salesforce asks about what goes with another owner or record type, each in a form of its own. */
const changedElsewhere: readonly string[] = ['OwnerId', 'RecordTypeId'];

/** The input for a field; undefined for fields that cannot be typed in. */
function inputOf({ apiName, dataType, referenceToInfos }: FieldInfo): FormInput | undefined {
  if (dataType !== 'Reference') return INPUT_OF_TYPE[dataType];
  return referenceToInfos.length > 0 && !changedElsewhere.includes(apiName) ? 'lookup' : undefined;
}

/** A section of a form, in the org's layout. */
export interface FormSection {
  heading: string;
  fields: FormField[];
}

interface FormParts {
  layout: Layout;
  info: ObjectInfo;
  /** Values of the picklists of the record's type. */
  picklists: PicklistValues['picklistFieldValues'];
  /** Whether this person may fill in a field of the object, as the layout shows it. */
  mayFill: (field: FieldInfo, item: { editableForNew: boolean; editableForUpdate: boolean }) => boolean;
  /** Stands behind the labels of amounts. */
  currency?: string | undefined;
}

/** Whether a field of the form has values to choose from. */
export const isPicklist = ({ dataType }: FieldInfo): boolean => dataType === 'Picklist' || dataType === 'MultiPicklist';

/**
 * The layout's sections and fields in their order, compound fields by their parts, as far as this person may fill them
 * in. Required fields that the layout forgot come last.
 */
export function formSectionsOf(input: FormParts): FormSection[] {
  const { layout, info, mayFill } = input;
  const seen = new Set<string>();
  const fieldOf = (field: FieldInfo, required: boolean): FormField[] => {
    if (seen.has(field.apiName)) return [];
    seen.add(field.apiName);
    const control = field.compound ? undefined : inputOf(field);
    return control === undefined ? [] : [formField(field, control, required, input)];
  };
  const sections = layout.sections.map(({ heading, useHeading, layoutRows }) => ({
    heading: useHeading ? (heading ?? '') : '',
    fields: layoutRows
      .flatMap(({ layoutItems }) => layoutItems)
      .flatMap((item) =>
        item.layoutComponents.flatMap(({ apiName }) => {
          const parts = apiName ? partsOf(apiName, info) : [];
          const field = apiName ? info.fields[apiName] : undefined;
          const all = parts.length > 0 ? parts : field === undefined ? [] : [field];
          const isAlone = item.layoutComponents.length === 1 && parts.length === 0;
          return all
            .filter((one) => mayFill(one, item))
            .flatMap((one) => fieldOf(one, one.required || (isAlone && item.required)));
        }),
      ),
  }));
  const anywhere = { editableForNew: true, editableForUpdate: true };
  const forgotten = Object.values(info.fields)
    .filter((field) => field.required && mayFill(field, anywhere))
    .flatMap((field) => fieldOf(field, true));
  return [...sections, { heading: '', fields: forgotten }].filter(({ fields }) => fields.length > 0);
}

function formField(field: FieldInfo, input: FormInput, required: boolean, form: FormParts): FormField {
  const isReference = field.dataType === 'Reference';
  const label = isReference ? field.label.replace(/ ID$/, '') : field.label;
  const list = form.picklists[field.apiName];
  const controllers = Object.entries(list?.controllerValues ?? {});
  return {
    name: field.apiName,
    label: field.dataType === 'Currency' && form.currency ? `${label} (${form.currency})` : label,
    input,
    // A checkbox always has a value.
    required: required && field.dataType !== 'Boolean',
    maxLength: field.length || undefined,
    options: (list?.values ?? []).map(({ label: text, value, validFor }) => ({
      label: text,
      value,
      validFor: validFor.flatMap((index) => controllers.find(([, at]) => at === index)?.[0] ?? []),
    })),
    controller: field.controllerName ?? undefined,
    ...(input === 'lookup' && {
      lookup: {
        targets: field.referenceToInfos.map(({ apiName }) => apiName),
        filteredBy: field.filteredLookupInfo?.controllingFields ?? [],
      },
    }),
    relationshipName: isReference ? (field.relationshipName ?? undefined) : undefined,
  };
}

/** What may be chosen now, with what is chosen already, which an administrator may have taken off the list. */
export function optionsOf({ name, options, controller }: FormField, values: FormValues): FormOption[] {
  const held = values[name];
  const chosen = typeof held === 'string' && held !== '' ? held.split(';') : [];
  const allowed =
    controller === undefined
      ? options
      : options.filter(({ validFor }) => validFor.includes(String(values[controller] ?? '')));
  const unlisted =
    controller === undefined ? chosen.filter((value) => !options.some((one) => one.value === value)) : [];
  return [...allowed, ...unlisted.map((value) => ({ label: value, value, validFor: [] }))];
}

/** A moment as `datetime-local` wants it: in the person's own time zone. */
function localDateTime(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  const digits = (number: number, length = 2): string => String(number).padStart(length, '0');
  const day = `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
  const seconds = date.getSeconds() === 0 ? '' : `:${digits(date.getSeconds())}`;
  return `${day}T${digits(date.getHours())}:${digits(date.getMinutes())}${seconds}`;
}

/** What the input of a field holds for a value of the User Interface API. A date stays the day that it is. */
export function inputValueOf({ input }: FormField, value: unknown): string | boolean {
  if (input === 'checkbox') return value === true;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (input === 'datetime-local') return localDateTime(value);
  return input === 'textarea' ? value.replaceAll('\r\n', '\n') : value;
}

/** The value of the User Interface API for what an input holds; null for nothing. */
export function apiValueOf({ input }: FormField, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  if (value.trim() === '') return null;
  if (input === 'number') return Number(value);
  return input === 'datetime-local' ? new Date(value).toISOString() : value.trim();
}
