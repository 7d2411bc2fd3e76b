import { queryPath } from './queryPath.ts';
import { normalizeRecordId } from './recordId.ts';
import { urlSegment as segment } from './urlSegment.ts';

/**
 * Paths of the REST and User Interface APIs, with `vXX.X` where the version goes (see `apiVersionPlaceholder.ts`).
 * Everything variable is percent-encoded here.
 */
const DATA = '/services/data/vXX.X';

export type UiLayoutMode = 'View' | 'Edit' | 'Create';

const optional = (fields: readonly string[]): string =>
  fields.length === 0 ? '' : `&optionalFields=${fields.map(segment).join(',')}`;

export const apiPaths = {
  query: queryPath,
  search: (sosl: string): string => `${DATA}/search?q=${segment(sosl)}`,
  sobject: (type: string): string => `${DATA}/sobjects/${segment(type)}`,
  sobjectRow: (type: string, id: string): string => `${DATA}/sobjects/${segment(type)}/${segment(id)}`,
  describe: (type: string): string => `${DATA}/sobjects/${segment(type)}/describe`,
  /** The record that has this value in an external id field. */
  externalId: (type: string, field: string, value: string): string =>
    `${DATA}/sobjects/${segment(type)}/${segment(field)}/${segment(value)}`,
  composite: (): string => `${DATA}/composite`,
  collection: (): string => `${DATA}/composite/sobjects`,
  /** Record, layout and object description in one answer. */
  recordUi: (ids: readonly string[], mode: UiLayoutMode = 'View', optionalFields: readonly string[] = []): string =>
    `${DATA}/ui-api/record-ui/${ids.map(segment).join(',')}?layoutTypes=Full&modes=${mode}${optional(optionalFields)}`,
  /** One record; fields are qualified (`Account.Name`), and left out where the person may not see them. */
  uiRecord: (id: string, optionalFields: readonly string[]): string =>
    `${DATA}/ui-api/records/${segment(id)}?optionalFields=${optionalFields.map(segment).join(',')}`,
  /** One record with the fields of its layout, and these besides. */
  uiRecordOfLayout: (id: string, mode: UiLayoutMode, optionalFields: readonly string[] = []): string =>
    `${DATA}/ui-api/records/${segment(id)}?layoutTypes=Full&modes=${mode}${optional(optionalFields)}`,
  /** Records that a lookup field may refer to; what was used lately where nothing is sought. Is asked by POST. */
  lookups: (type: string, field: string, { q, pageSize }: { q: string; pageSize: number }): string =>
    `${DATA}/ui-api/lookups/${segment(type)}/${segment(field)}?${q === '' ? 'searchType=Recent' : `searchType=Search&q=${segment(q)}`}&pageSize=${pageSize}`,
  uiRecords: (): string => `${DATA}/ui-api/records`,
  objectInfo: (type: string): string => `${DATA}/ui-api/object-info/${segment(type)}`,
  picklistValues: (type: string, recordTypeId: string): string =>
    `${DATA}/ui-api/object-info/${segment(type)}/picklist-values/${segment(recordTypeId)}`,
  /** @param recordTypeId of the record; left out: the person's default */
  layout: (type: string, mode: UiLayoutMode, recordTypeId?: string | null): string =>
    `${DATA}/ui-api/layout/${segment(type)}?layoutType=Full&mode=${mode}${recordTypeId ? `&recordTypeId=${segment(recordTypeId)}` : ''}`,
} as const;

/** Address of a record in Lightning Experience, as a person would open it in a browser. */
export function lightningRecordUrl(orgUrl: string, type: string, id: string): string {
  return new URL(`/lightning/r/${segment(type)}/${segment(id)}/view`, orgUrl).href;
}

/** Address of one of a record's related lists in Lightning Experience; `list` is the child relationship's name. */
export function lightningRelatedListUrl(
  orgUrl: string,
  { type, id, list }: { type: string; id: string; list: string },
): string {
  return new URL(`/lightning/r/${segment(type)}/${segment(id)}/related/${segment(list)}/view`, orgUrl).href;
}

/**
 * Reads the record id out of a link to a record: Lightning (`/lightning/r/Contact/003…/view`, `/lightning/r/003…/view`)
 * or Classic (`/003…`).
 *
 * @returns The 18-character id, or `undefined` when the link names no record.
 */
export function recordIdFromLink(link: string): string | undefined {
  let path: string;
  try {
    path = new URL(link).pathname;
  } catch {
    return undefined;
  }
  const lightning = /^\/lightning\/r\/(?:\w+\/)?(\w{15}|\w{18})(?:\/|$)/.exec(path);
  const classic = /^\/(\w{15}|\w{18})$/.exec(path);
  const id = lightning?.[1] ?? classic?.[1];
  return id === undefined ? undefined : normalizeRecordId(id);
}
