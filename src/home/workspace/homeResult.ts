import type {
  CLIFilter,
  CLIFilterOptionType,
  CLITemplate,
  CustomTemplate,
  HomeSearchResult,
  TemplateFragment,
} from '@openfin/workspace';
import { searchDeed, type CardField, type SearchAction, type SearchItem } from '../../channel/searchMessages.ts';
import { z } from '../../zod.ts';

/**
 * Strings of Workspace's enumerations. Importing them would load its code, which looks for a desktop as soon as it is
 * evaluated.
 */
const templates = {
  custom: 'Custom' as CLITemplate.Custom,
  text: 'SimpleText' as CLITemplate.SimpleText,
  error: 'Error' as CLITemplate.Error,
};
const multiSelect = 'MultiSelect' as CLIFilterOptionType.MultiSelect;

/** Id of the filter by object, as in OpenFin's sample. */
const filterId = 'salesforce-objects';

/** What a result carries through Home and back: only what its actions do, and what it was found by. */
export const resultData = z.looseObject({
  providerId: z.string(),
  query: z.string(),
  only: z.array(z.string()).optional(),
  deeds: z.record(z.string(), searchDeed),
});
export type ResultData = z.output<typeof resultData>;

/** What it was found by, and who has found it. */
export type Asked = Pick<ResultData, 'providerId' | 'query' | 'only'>;

const linkAction = (at: number): string => `Open link ${at + 1}`;

/** Something found as Home takes it: a card of Workspace's own fragments, in the colours of its theme. */
export function homeResultOf(item: SearchItem, asked: Asked, icon: string | undefined): HomeSearchResult {
  const { key, title, label, actions, fields, score } = item;
  const links = fields.flatMap(({ url }, at) =>
    url === undefined ? [] : [[linkAction(at), { kind: 'open', url }] as const],
  );
  const data: ResultData = {
    ...asked,
    deeds: Object.fromEntries([...actions.map(({ name, does }) => [name, does] as const), ...links]),
  };
  const shownIcon = item.icon ?? icon;
  const common = {
    key,
    title,
    score,
    data,
    ...(label !== undefined && { label }),
    ...(shownIcon !== undefined && { icon: shownIcon }),
    actions: actions.map(({ name, hotkey }) => ({ name, ...(hotkey !== undefined && { hotkey }) })),
  };
  if (item.kind === 'failure') return { ...common, template: templates.error, templateContent: item.subtitle ?? '' };
  if (item.kind === 'signIn') return { ...common, template: templates.text, templateContent: item.subtitle ?? '' };
  return { ...common, template: templates.custom, templateContent: cardOf(item) };
}

const row = (children: TemplateFragment[], more: Record<string, string | number> = {}): TemplateFragment => ({
  type: 'Container',
  style: { display: 'flex', flexDirection: 'row', gap: '10px', ...more },
  children,
});
const column = (children: TemplateFragment[], more: Record<string, string | number> = {}): TemplateFragment => ({
  type: 'Container',
  style: { display: 'flex', flexDirection: 'column', gap: '10px', ...more },
  children,
});
const text = (dataKey: string, style: Record<string, string | number> = {}, action?: string): TemplateFragment => ({
  type: 'Text',
  dataKey,
  style,
  ...(action !== undefined && { action }),
});

function cardOf({ title, subtitle = '', initials, image, fields, actions }: SearchItem): CustomTemplate {
  const picture: TemplateFragment[] =
    image !== undefined
      ? [
          {
            type: 'Image',
            dataKey: 'image',
            alternativeText: title,
            style: { width: '44px', height: '44px', borderRadius: '50%' },
          },
        ]
      : initials !== undefined
        ? [text('initials', { fontSize: '18px', fontWeight: 'bold' })]
        : [];
  const data = {
    title,
    subtitle,
    ...(image !== undefined && { image }),
    ...(initials !== undefined && { initials }),
    ...Object.fromEntries(actions.map(({ name }, at) => [`action${at}`, name])),
    ...Object.fromEntries(
      fields.flatMap(({ label, value }, at) => [
        [`label${at}`, label],
        [`value${at}`, value],
      ]),
    ),
  };
  const heading = column([text('title', { fontSize: '14px', fontWeight: 'bold' }), text('subtitle')], { gap: '2px' });
  const layout = column(
    [
      row([...picture, heading], { alignItems: 'center' }),
      row(actions.map(buttonOf), { flexWrap: 'wrap' }),
      ...fields.map(fieldRow),
    ],
    { padding: '10px' },
  );
  return { layout, data };
}

const buttonOf = ({ name }: SearchAction, at: number): TemplateFragment => ({
  type: 'Button',
  action: name,
  children: [text(`action${at}`)],
});

function fieldRow({ form, url }: CardField, at: number): TemplateFragment {
  const parts = [
    text(`label${at}`, { flex: 1, opacity: 0.7 }),
    text(`value${at}`, { flex: 2, wordBreak: 'break-word' }, url === undefined ? undefined : linkAction(at)),
  ];
  return form === 'memo' ? column(parts, { gap: '2px' }) : row(parts);
}

/** The filter by object: the objects of which something was found, or those to choose from before. */
export function filtersOf(objects: readonly string[], only: readonly string[] | undefined): CLIFilter[] {
  if (objects.length === 0) return [];
  const options = objects.map((value) => ({ value, isSelected: only?.includes(value) ?? true }));
  return [{ id: filterId, title: 'Salesforce', type: multiSelect, options }];
}

/** What a person has chosen in the filter, and what there was to choose from; nothing chosen means everything. */
export function chosenIn(filters: readonly CLIFilter[] | undefined): { only?: string[]; all: string[] } {
  const options = filters?.find(({ id }) => id === filterId)?.options ?? [];
  const listed = Array.isArray(options) ? options : [options];
  const all = listed.map(({ value }) => value);
  const only = listed.filter(({ isSelected }) => isSelected).map(({ value }) => value);
  return only.length === 0 || only.length === all.length ? { all } : { all, only };
}
