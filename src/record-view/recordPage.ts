import { z } from '../zod.ts';
import { apiPaths, lightningRecordUrl } from '../salesforce/apiPaths.ts';
import { contactWaysOf, type ContactWays } from './contactWays.ts';
import { fieldValueOf, type FieldValue } from './fieldValue.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import {
  layout as layoutSchema,
  objectInfo,
  uiRecord,
  type FieldInfo,
  type Layout,
  type LayoutItem,
  type ObjectInfo,
  type UiRecord,
} from './uiApi.ts';

export interface PageField {
  label: string;
  /** Several for items that put fields side by side, such as "Created by" and its time. */
  values: FieldValue[];
}

export interface PageSection {
  heading: string;
  fields: PageField[];
}

export interface RecordPage {
  type: string;
  id: string;
  name: string;
  objectLabel: string;
  /** The object's theme colour in this org, six hexadecimal digits. */
  color: string | undefined;
  sections: PageSection[];
  /** How whom it is about can be reached. */
  ways: ContactWays;
  /** Whether this person may change records of its kind; which ones, Salesforce says when they try. */
  isEditable: boolean;
  /** When it was changed last, in milliseconds since 1970, where Salesforce says so. */
  changedAt: number | undefined;
  /** Names of other records that lookups show, by the path to them: they change without a change of the record. */
  parentNames: ReadonlyMap<string, string>;
  /** Where Lightning Experience shows this record. */
  link: string;
  /** How it is shown. */
  description: RecordDescription;
}

/** How the org shows records of an object and record type: it changes when an administrator changes it. */
interface RecordDescription {
  type: string;
  recordTypeId: string | null | undefined;
  info: ObjectInfo;
  layout: Layout;
}

/** What a field is known by in its page. */
export const fieldKey = (heading: string, { label }: PageField): string => `${heading}\n${label}`;

type AddressParts = { street?: unknown; city?: unknown; state?: unknown; postalCode?: unknown; country?: unknown };

/** Writes an address in this order, without what is unknown: street, town line, country. */
function addressText({ street, city, state, postalCode, country }: AddressParts): FieldValue {
  const townLine = [city, [state, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const lines = [street, townLine, country].filter(Boolean).join('\n');
  return lines === '' ? { kind: 'empty' } : { kind: 'text', text: lines };
}

/** The address whose parts a layout item names one by one; `undefined` when it is no address. */
function addressOf(record: UiRecord, names: readonly string[]): FieldValue | undefined {
  const prefix = /^(.*)Street$/.exec(names.find((name) => name.endsWith('Street')) ?? '')?.[1];
  if (prefix === undefined || !names.every((name) => name.startsWith(prefix))) return undefined;
  const part = (name: string): unknown => record.fields[prefix + name]?.value;
  return addressText({
    street: part('Street'),
    city: part('City'),
    state: part('State'),
    postalCode: part('PostalCode'),
    country: part('Country'),
  });
}

const addressValue = z.looseObject({
  street: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  postalCode: z.string().nullish(),
  country: z.string().nullish(),
});

/** A compound address field, which some layouts name instead of its parts. */
function compoundAddress(record: UiRecord, info: FieldInfo): FieldValue | undefined {
  if (info.dataType !== 'Address') return undefined;
  const value = addressValue.safeParse(record.fields[info.apiName]?.value);
  if (value.success) return addressText(value.data);
  return addressOf(record, [info.apiName.replace(/Address$/, 'Street')]) ?? { kind: 'empty' };
}

/** The label of a layout item; for a lookup the name of what it refers to. */
function labelOf(item: LayoutItem, info: FieldInfo): string {
  const label = item.label || info.label;
  return info.dataType === 'Reference' ? label.replace(/ ID$/, '') : label;
}

function pageField(item: LayoutItem, record: UiRecord, info: ObjectInfo): PageField | undefined {
  const infos = item.layoutComponents.flatMap((component) => {
    const field = component.componentType === 'Field' && component.apiName ? info.fields[component.apiName] : undefined;
    return field === undefined ? [] : [field];
  });
  const [first] = infos;
  if (first === undefined) return undefined;
  const label = labelOf(item, first);
  const names = infos.map((field) => field.apiName);
  const address = infos.length > 1 ? addressOf(record, names) : compoundAddress(record, first);
  if (address !== undefined) return { label, values: [address] };
  const isPersonName = infos.length > 1 && names.includes('LastName') && info.fields['Name'] !== undefined;
  if (isPersonName) return { label, values: [fieldValueOf(record, info.fields['Name'] as FieldInfo)] };
  const values = infos.map((field) => fieldValueOf(record, field)).filter((value) => value.kind !== 'empty');
  return { label, values };
}

function sectionsOf(layout: Layout, record: UiRecord, info: ObjectInfo): PageSection[] {
  return layout.sections
    .map(({ heading, layoutRows }) => ({
      heading: heading ?? '',
      fields: layoutRows.flatMap((row) => row.layoutItems.flatMap((item) => pageField(item, record, info) ?? [])),
    }))
    .filter(({ fields }) => fields.length > 0);
}

function nameOf(record: UiRecord, info: ObjectInfo): string {
  const nameField = record.fields['Name']
    ? 'Name'
    : Object.values(info.fields).find((field) => field.nameField)?.apiName;
  const field = nameField === undefined ? undefined : record.fields[nameField];
  const name = field?.displayValue ?? field?.value;
  return typeof name === 'string' && name !== '' ? name : record.id;
}

function parentNamesOf(record: UiRecord, info: ObjectInfo): Map<string, string> {
  const names = new Map<string, string>();
  for (const { relationshipName } of Object.values(info.fields)) {
    const related = relationshipName ? uiRecord.safeParse(record.fields[relationshipName]?.value).data : undefined;
    const name = related?.fields['Name']?.value;
    if (typeof name === 'string') names.set(`${relationshipName}.Name`, name);
  }
  return names;
}

/** A record that the answer of Salesforce should hold but does not. */
export class UnreadableRecordError extends Error {
  constructor() {
    super('Salesforce answered without this record');
    this.name = 'UnreadableRecordError';
  }
}

/** The record was deleted while it was shown, or may not be seen any more. */
export class RecordGoneError extends Error {
  constructor() {
    super('This record was deleted, or you may not see it any more.');
    this.name = 'RecordGoneError';
  }
}

interface LoadOptions {
  signal?: AbortSignal;
  /** How old the record may be, in milliseconds. */
  maxAge?: number;
  /** How it was shown before, where that is not to be read again. */
  described?: RecordDescription | undefined;
  /** Fields to read besides those of the layout, qualified. */
  optionalFields?: readonly string[];
}

/**
 * Loads a record with its page layout: the fields the org's administrators chose, in their order, for this person. How
 * records are shown is asked for by itself: it is the same for all of an object, and the provider keeps it for longer.
 *
 * @throws ApiRequestError as the client does; {@link UnreadableRecordError}.
 * @see User Interface API guide, "Get a Record", "Get Object Metadata", "Get Record Layouts"
 */
export async function loadRecordPage(api: RecordApi, id: string, options: LoadOptions = {}): Promise<RecordPage> {
  const { described, optionalFields, ...how } = options;
  const path = apiPaths.uiRecordOfLayout(id, 'View', optionalFields);
  const { data: record } = uiRecord.safeParse(await callApi(api, path, how));
  if (!record) throw new UnreadableRecordError();
  const isSameKind = described?.type === record.apiName && described.recordTypeId === record.recordTypeId;
  const description = isSameKind ? described : await describe(api, record, how);
  const { info, layout } = description;
  return {
    type: record.apiName,
    id: record.id,
    name: nameOf(record, info),
    objectLabel: info.label,
    color: info.themeInfo?.color ?? undefined,
    sections: sectionsOf(layout, record, info),
    ways: contactWaysOf(record, info),
    isEditable: info.updateable,
    changedAt: record.systemModstamp ? Date.parse(record.systemModstamp) : undefined,
    parentNames: parentNamesOf(record, info),
    link: lightningRecordUrl(api.orgUrl, record.apiName, record.id),
    description,
  };
}

async function describe(
  api: RecordApi,
  { apiName: type, recordTypeId }: UiRecord,
  { signal, maxAge }: Pick<LoadOptions, 'signal' | 'maxAge'>,
): Promise<RecordDescription> {
  // Whoever wants the record as it is now wants it as it is shown now; else the provider knows how long that holds.
  const how = { signal, ...(maxAge === 0 && { maxAge }) };
  const [info, layout] = await Promise.all([
    callApi(api, apiPaths.objectInfo(type), how).then((answer) => objectInfo.safeParse(answer)),
    callApi(api, apiPaths.layout(type, 'View', recordTypeId), how).then((answer) => layoutSchema.safeParse(answer)),
  ]);
  if (!info.success || !layout.success) throw new UnreadableRecordError();
  return { type, recordTypeId, info: info.data, layout: layout.data };
}
