import { mailtoLink, telLink } from '../salesforce/contactLinks.ts';
import type { FieldInfo, UiRecord } from './uiApi.ts';
import { uiRecord } from './uiApi.ts';

/** A field's value, ready to be drawn. */
export type FieldValue =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'flag'; isSet: boolean }
  | { kind: 'link'; text: string; href: string; opensElsewhere: boolean }
  | { kind: 'record'; text: string; type: string; id: string };

const text = (value: string): FieldValue => (value.trim() === '' ? { kind: 'empty' } : { kind: 'text', text: value });

/** Only http(s) becomes a link: a URL field may hold anything, `javascript:` included. */
function webLink(value: string): FieldValue {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[^:/]+:\d+(\/|$)/.test(value) ? value : `https://${value}`;
  try {
    const { protocol, href } = new URL(address);
    if (protocol === 'https:' || protocol === 'http:') return { kind: 'link', text: value, href, opensElsewhere: true };
  } catch {
    // The value is no address and is shown as it is.
  }
  return text(value);
}

function telephoneLink(value: string): FieldValue {
  const href = telLink(value);
  return href === undefined ? text(value) : { kind: 'link', text: value, href, opensElsewhere: false };
}

const emailField = (value: string): FieldValue => ({
  kind: 'link',
  text: value,
  href: mailtoLink([value]),
  opensElsewhere: false,
});

const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** A date (`2026-01-31`) in the reader's own notation; a text that is no date stays. */
export function formatDate(value: string): string {
  const date = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? value : dateOnly.format(date);
}

/** A moment in the reader's own notation and time zone; a text that is none stays. */
export function formatDateTime(value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : dateAndTime.format(date);
}

function formatByType(value: unknown, { dataType }: FieldInfo): string {
  if (typeof value === 'number') return new Intl.NumberFormat().format(value) + (dataType === 'Percent' ? '%' : '');
  if (typeof value !== 'string') return value === null || value === undefined ? '' : JSON.stringify(value);
  if (dataType === 'Date') return formatDate(value);
  if (dataType === 'DateTime') return formatDateTime(value);
  if (dataType === 'MultiPicklist') return value.replaceAll(';', ', ');
  return value;
}

function referenceValue(record: UiRecord, info: FieldInfo): FieldValue {
  const field = record.fields[info.apiName];
  const related = info.relationshipName ? record.fields[info.relationshipName] : undefined;
  const parsed = uiRecord.safeParse(related?.value);
  if (!parsed.success) return text(field?.displayValue ?? (typeof field?.value === 'string' ? field.value : ''));
  const { apiName, id, fields } = parsed.data;
  const name = related?.displayValue ?? fields['Name']?.value;
  return { kind: 'record', text: typeof name === 'string' && name !== '' ? name : id, type: apiName, id };
}

/** The value of one field: what Salesforce formatted for the person (`displayValue`), else formatted by its type. */
export function fieldValueOf(record: UiRecord, info: FieldInfo): FieldValue {
  const field = record.fields[info.apiName];
  if (info.dataType === 'Reference') return referenceValue(record, info);
  if (field === undefined || field.value === null || field.value === undefined) return { kind: 'empty' };
  if (info.dataType === 'Boolean') return { kind: 'flag', isSet: field.value === true };
  if (typeof field.value === 'string') {
    if (info.dataType === 'Url') return webLink(field.value);
    if (info.dataType === 'Phone') return telephoneLink(field.value);
    if (info.dataType === 'Email') return emailField(field.value);
  }
  return text(field.displayValue ?? formatByType(field.value, info));
}
