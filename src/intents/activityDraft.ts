import type { ActivityToWrite } from '../channel/protocol.ts';
import type { Finding } from '../matching/evidence.ts';
import { summaryOfContact } from '../salesforce/recordSummary.ts';
import type { PersonRow } from './findContacts.ts';
import type { InteractionContext } from './interactionContext.ts';

/** The types that FDC3 names, by how apps write them. */
const knownTypes: Readonly<Record<string, string>> = {
  instantmessage: 'Instant Message',
  im: 'Instant Message',
  chat: 'Instant Message',
  email: 'Email',
  mail: 'Email',
  call: 'Call',
  phonecall: 'Call',
  meeting: 'Meeting',
};
/** As much of a text as makes a subject that can be read in a list. */
const longestSubject = 80;
/** Candidates that a person is offered for one participant. */
const mostCandidates = 20;

/** The type of an interaction as FDC3 writes it; another one as it was given. */
export function interactionTypeOf(given: string | undefined): string {
  if (given === undefined || given === '') return 'Call';
  return knownTypes[given.toLowerCase().replaceAll(/[^a-z]/g, '')] ?? given.slice(0, longestSubject);
}

/** The first line of a text, shortened between two words. */
export function shortened(text: string): string {
  const line = text
    .trim()
    .split(/[\r\n\u2028\u2029]/, 1)[0]!
    .trim();
  const characters = [...line];
  if (characters.length <= longestSubject) return line;
  const cut = characters.slice(0, longestSubject - 1).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > longestSubject / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}

/** Somebody who took part, and whom of the org it may be. */
export interface Participant {
  name: string;
  email?: string | undefined;
  finding: Finding<PersonRow>;
  /** The name of the user of the org who it is. Nobody is linked to an activity for being a colleague. */
  colleague?: string | undefined;
}

const list = (label: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${label}: ${names.join(', ')}`];

const isNobody = ({ finding, colleague }: Participant): boolean =>
  finding.candidates.length === 0 && colleague === undefined;

function commentsOf({ description, initiator, origin }: InteractionContext, people: readonly Participant[]): string {
  const withAddress = ({ name, email }: Participant): string =>
    email === undefined || email === name ? name : `${name} (${email})`;
  const notes = [
    ...list('Initiated by', initiator?.name ? [initiator.name] : []),
    ...list(
      'Colleagues',
      people.flatMap(({ colleague }) => colleague ?? []),
    ),
    ...list('Not in Salesforce', people.filter(isNobody).map(withAddress)),
    ...list('Origin', origin ? [origin] : []),
  ];
  return [description ?? '', notes.join('\n')].filter((part) => part !== '').join('\n\n');
}

function personOf({ name, finding }: Participant): ActivityToWrite['people'][number] {
  const { beyondDoubt, candidates } = finding;
  const rows = candidates.map(({ row }) => row);
  const ordered = beyondDoubt ? [beyondDoubt, ...rows.filter((row) => row !== beyondDoubt)] : rows;
  return {
    name,
    isSure: beyondDoubt !== undefined,
    found: ordered
      .slice(0, mostCandidates)
      .map((row) => ({
        ...summaryOfContact(row),
        type: row.object,
        ...(row.AccountId && { account: { id: row.AccountId, name: row.Account?.Name ?? row.AccountId } }),
      })),
  };
}

/** What would be written of an interaction, as it is shown to the person first. */
export function activityDraft(
  context: InteractionContext,
  people: readonly Participant[],
  externalId: ActivityToWrite['externalId'],
): ActivityToWrite {
  const { name, description, timeRange } = context;
  const interactionType = interactionTypeOf(context.interactionType);
  const names = people.filter(({ colleague }) => colleague === undefined).map((one) => one.name);
  const withPeople = names.length === 0 ? '' : ` with ${names[0]}${names.length > 1 ? ' and others' : ''}`;
  const { startTime, endTime } = timeRange ?? {};
  const isOrdered = startTime === undefined || endTime === undefined || startTime <= endTime;
  return {
    kind: 'activity',
    interactionType,
    subject: shortened(name || description || `${interactionType}${withPeople}`),
    comments: commentsOf(context, people),
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && isOrdered && { endTime }),
    people: people.filter(({ colleague }) => colleague === undefined).map(personOf),
    ...(externalId && { externalId }),
  };
}
