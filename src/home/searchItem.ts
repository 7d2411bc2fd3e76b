import type { CardField, SearchItem } from '../channel/searchMessages.ts';
import type { HomeSession } from './homeServices.ts';
import { actionsOf } from './itemActions.ts';
import type { FieldMapping } from './mappings.ts';
import { referenceKey, type References } from './references.ts';
import { textOf, type FoundRow } from './rows.ts';
import { webLink } from './safeLink.ts';

interface ItemOptions {
  session: HomeSession;
  references: References;
  icons: Readonly<Record<string, string>>;
  score: (title: string) => number;
}

/** What a field shows: the record that an id stands for, where the mapping says so. */
function shownText({ row }: FoundRow, field: FieldMapping, references: References): string {
  const text = textOf(row, field);
  return field.reference ? (references.get(referenceKey(field.reference, text)) ?? '') : text;
}

/** As the person's own language writes it. A day without a time stays that day wherever it is read. */
function dateText(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = new Date(isDay ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime())) return text;
  return isDay ? date.toLocaleDateString(undefined, { timeZone: 'UTC' }) : date.toLocaleString();
}

/** The first letters of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return ends.map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}

function cardFields(found: FoundRow, { references }: ItemOptions): CardField[] {
  return found.object.fields.flatMap((field): CardField[] => {
    if (field.displayMode !== 'field') return [];
    const text = shownText(found, field, references);
    if (text === '') return [];
    const label = field.label ?? field.field;
    const url = field.fieldContent === 'link' ? webLink(text) : undefined;
    if (url !== undefined) return [{ label, value: text, form: 'link', url }];
    const value = field.fieldContent === 'date' ? dateText(text) : text;
    return [{ label, value, form: field.fieldContent === 'memo' ? 'memo' : 'text' }];
  });
}

/** A found row as a person sees it, in a list and on a card. */
export function searchItemOf(found: FoundRow, options: ItemOptions): SearchItem {
  const { object, row } = found;
  const { session, references, icons, score } = options;
  const first = (mode: FieldMapping['displayMode']): string =>
    object.fields
      .filter(({ displayMode }) => displayMode === mode)
      .map((field) => shownText(found, field, references))
      .find((text) => text !== '') ?? '';
  const titled = object.fields.find(({ isResultTitle }) => isResultTitle);
  const title = (titled ? shownText(found, titled, references) : '') || first('header') || row.Id;
  const subtitle = first('sub-header');
  const initials = initialsOf(first('initials'));
  const image = imageOf(session.orgUrl, first('icon'));
  const icon = icons[object.iconKey];
  return {
    key: row.Id,
    kind: 'record',
    title,
    type: object.sourceType,
    label: object.label,
    ...(subtitle !== '' && { subtitle }),
    ...(icon !== undefined && { icon }),
    ...(initials !== '' && { initials }),
    ...(image !== undefined && { image }),
    fields: cardFields(found, options),
    actions: actionsOf(found, title, { session, icons }),
    score: score(title),
  };
}

/** A picture of the org's own, which the mapping names by its path. */
function imageOf(orgUrl: string, path: string): string | undefined {
  if (!path.startsWith('/') || path.startsWith('//')) return undefined;
  const url = new URL(path, orgUrl);
  return url.origin === new URL(orgUrl).origin ? url.href : undefined;
}
