import type { SearchAction } from '../channel/searchMessages.ts';
import { lightningRecordUrl } from '../salesforce/apiPaths.ts';
import { mailtoLink, telLink } from '../salesforce/contactLinks.ts';
import type { HomeSession } from './homeServices.ts';
import type { MappedAction } from './mappings.ts';
import { textOf, type FoundRow, type Row } from './rows.ts';
import { isOpenable } from './safeLink.ts';

/** Objects that have no page among the record views. */
const openedInSalesforce: ReadonlySet<string> = new Set(['Chatter', 'ContentNote']);
/** Whom a call can be logged with. */
const people: ReadonlySet<string> = new Set(['Contact', 'Lead']);

interface ActionOptions {
  session: HomeSession;
  icons: Readonly<Record<string, string>>;
}

/** What a person can do about something found; the first is what Enter does. */
export function actionsOf(found: FoundRow, title: string, options: ActionOptions): SearchAction[] {
  const { object, row } = found;
  const url = salesforceUrl(found, options.session);
  if (object.actions) {
    return object.actions.map((action, at): SearchAction => ({
      name: action.label,
      ...(at === 0 && { hotkey: 'enter' }),
      ...iconOf(action.iconKey, options),
      does: mappedDeed(action, row, url),
    }));
  }
  const open = { name: 'Open in Salesforce', does: { kind: 'open', url } } as const;
  if (openedInSalesforce.has(object.sourceType)) return [{ ...open, hotkey: 'enter' }];
  return [
    {
      name: 'View',
      hotkey: 'enter',
      does: { kind: 'intent', intent: 'salesforce.ViewRecord', context: recordContext(found, title) },
    },
    ...waysToReach(found, title),
    { ...open, hotkey: 'Alt+O' },
  ];
}

function waysToReach({ object, row }: FoundRow, title: string): SearchAction[] {
  const call = [textOf(row, { field: 'Phone' }), textOf(row, { field: 'MobilePhone' })].flatMap(
    (number) => telLink(number) ?? [],
  )[0];
  const email = textOf(row, { field: 'Email' }).trim();
  const contact = { type: 'fdc3.contact', name: title, id: { SALESFORCE: row.Id, ...(email !== '' && { email }) } };
  return [
    ...(call === undefined ? [] : [{ name: 'Call', hotkey: 'Alt+C', does: { kind: 'open', url: call } } as const]),
    ...(email === ''
      ? []
      : [{ name: 'E-mail', hotkey: 'Alt+M', does: { kind: 'open', url: mailtoLink([email]) } } as const]),
    ...(people.has(object.sourceType)
      ? [
          {
            name: 'Log a call',
            hotkey: 'Alt+L',
            does: { kind: 'intent', intent: 'CreateInteraction', context: callWith(contact) },
          } as const,
        ]
      : []),
  ];
}

const recordContext = ({ object, row }: FoundRow, name: string) => ({
  type: 'salesforce.record',
  name,
  objectType: object.sourceType,
  id: { SALESFORCE_ID: row.Id },
});

const callWith = (contact: { type: string; name: string }) => ({
  type: 'fdc3.interaction',
  description: `Call with ${contact.name}`,
  interactionType: 'Call',
  participants: { type: 'fdc3.contactList', contacts: [contact] },
});

/** Where a person reads it in a browser. An element of a feed has an id that Salesforce leads to its page. */
const salesforceUrl = ({ object: { sourceType }, row: { Id } }: FoundRow, { orgUrl }: HomeSession): string =>
  sourceType === 'Chatter'
    ? new URL(`/${encodeURIComponent(Id)}`, orgUrl).href
    : lightningRecordUrl(orgUrl, sourceType, Id);

const iconOf = (key: string | undefined, { icons }: ActionOptions): { icon?: string } => {
  const icon = key === undefined ? undefined : icons[key];
  return icon === undefined ? {} : { icon };
};

function mappedDeed({ url, intent }: MappedAction, row: Row, recordUrl: string): SearchAction['does'] {
  if (intent) return { kind: 'intent', intent: intent.name, context: filled(intent.context, row) as { type: string } };
  const target = url === undefined ? recordUrl : withValues(url, row, encodeURIComponent);
  return { kind: 'open', url: isOpenable(target) ? target : recordUrl };
}

const withValues = (text: string, row: Row, write: (value: string) => string): string =>
  text.replaceAll(/\{([A-Za-z]\w*(?:\.[A-Za-z]\w*)*)\}/g, (_whole, field: string) => write(textOf(row, { field })));

/** The same with the values of the record in its texts, at any depth. */
function filled(value: unknown, row: Row): unknown {
  if (typeof value === 'string') return withValues(value, row, (text) => text);
  if (Array.isArray(value)) return value.map((one) => filled(one, row));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, row)]));
}
