import type { ActivityToWrite } from '../channel/protocol.ts';
import type { IdentifiersByObject } from '../matching/identifiers.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { keyPrefixOf } from '../salesforce/recordId.ts';
import { soql, soqlName } from '../salesforce/soqlQuoting.ts';
import { z } from '../zod.ts';
import { activityDraft, type Participant } from './activityDraft.ts';
import { askedPerson, interactionKey, isAnybody } from './asked.ts';
import type { ContactContext, ContactListContext } from './contexts.ts';
import { findContacts } from './findContacts.ts';
import type { InteractionContext } from './interactionContext.ts';
import { fdc3Errors, IntentError, intentErrorOf, malformedContext } from './intentError.ts';
import type { IntentServices, IntentSession, RecordChoice } from './intentServices.ts';
import { logActivity } from './logActivity.ts';
import { OrgLookups } from './orgLookups.ts';
import { recordIdsInContext } from './recordIdsInContext.ts';
import { withRecord, type TransactionResult } from './transactionResult.ts';
import { queryOf } from './viewContact.ts';

const activityTypes: Readonly<Record<string, string>> = { '00T': 'Task', '00U': 'Event' };
const longestExternalId = 255;

/** People alone are an interaction of which nothing is known yet but with whom it was. */
const asInteraction = (context: InteractionContext | ContactListContext | ContactContext): InteractionContext => {
  if (context.type === 'fdc3.interaction') return context;
  const contacts = context.type === 'fdc3.contact' ? [context] : context.contacts;
  return { type: 'fdc3.interaction', id: {}, participants: { type: 'fdc3.contactList', contacts } };
};

/** @throws IntentError `MalformedContext` when there is nothing that could be written. */
export function requireInteraction(
  given: InteractionContext | ContactListContext | ContactContext,
  identifiers: IdentifiersByObject,
): void {
  const { participants, description, name } = asInteraction(given);
  const hasPeople = participants.contacts.some((one) => isAnybody(askedPerson(one, identifiers)));
  if (!hasPeople && !description && !name)
    throw malformedContext('The interaction has neither a description nor anybody who took part in it');
}

/**
 * Writes an interaction as a task or an event, once the person has seen and confirmed what would be written. One whose
 * id is in Salesforce already is shown and not written again.
 *
 * @returns `fdc3.transactionResult` with what was given, and the record's id in it: `Created`, or `Failed` where it
 * exists already (FDC3, "Intent name prefixes": `Create`) or Salesforce refuses it.
 * @throws IntentError `UserCancelledResolution` when the person does not confirm; when the org cannot be asked;
 * `ErrorOnLaunch` when no view can be opened.
 * @see https://fdc3.finos.org/docs/intents/ref/CreateInteraction
 */
export async function createInteraction(
  services: IntentServices,
  session: IntentSession,
  given: InteractionContext | ContactListContext | ContactContext,
  identifiers: IdentifiersByObject,
): Promise<TransactionResult> {
  requireInteraction(given, identifiers);
  const interaction = asInteraction(given);
  const org = new Activities(services, session);
  const externalId = await org.mapped(externalIdOf(interaction, identifiers));
  const key = interactionKey(interaction.id);
  const written =
    (await org.byIds(recordIdsInContext(interaction.id))) ??
    externalId?.record ??
    (key === undefined ? undefined : await org.stillThere(await services.chosenBefore(session, key)));
  if (written) {
    await org.show(written);
    const message = 'This interaction is in Salesforce already. It is shown, and was not written again.';
    return resultOf('Failed', withRecord(given, written, session.orgUrl), message);
  }
  const people = await participantsOf(services, session, interaction, identifiers);
  const draft = activityDraft(interaction, people, externalId?.field);
  const logged = await logActivity(services, session, draft, key);
  if ('refusal' in logged) return resultOf('Failed', { ...given, id: given.id ?? {} }, logged.refusal);
  return resultOf(
    'Created',
    withRecord(given, logged, session.orgUrl),
    `The interaction was written to Salesforce as ${logged.type === 'Event' ? 'an event' : 'a task'}.`,
  );
}

const resultOf = (
  status: TransactionResult['status'],
  context: { type: string; id: object },
  message: string,
): TransactionResult => ({
  type: 'fdc3.transactionResult',
  status,
  context: context as TransactionResult['context'],
  message,
});

/** The mapped identifier of an interaction, and the field that holds it. */
function externalIdOf(
  { id }: InteractionContext,
  { Activity = {} }: IdentifiersByObject,
): ActivityToWrite['externalId'] {
  for (const [member, { fields }] of Object.entries(Activity)) {
    const found = Object.entries(id).find(([name]) => name.toLowerCase() === member.toLowerCase())?.[1];
    const value = typeof found === 'number' ? String(found) : found;
    const [field] = fields;
    if (field !== undefined && typeof value === 'string' && value !== '' && value.length <= longestExternalId)
      return { field, value };
  }
  return undefined;
}

/** Everybody who took part, each once, with whom of the org it may be. */
async function participantsOf(
  services: IntentServices,
  session: IntentSession,
  { participants, initiator }: InteractionContext,
  identifiers: IdentifiersByObject,
): Promise<Participant[]> {
  const seen = new Set<string>();
  const asked = [...participants.contacts, ...(initiator ? [initiator] : [])]
    .map((context) => askedPerson(context, identifiers))
    .filter(isAnybody)
    .filter((one) => {
      const keys = [...one.ids, ...one.emails, ...(one.emails.length === 0 ? [queryOf(one).toLowerCase()] : [])];
      const isNew = !keys.some((key) => seen.has(key));
      for (const key of keys) seen.add(key);
      return isNew;
    });
  if (asked.length === 0) return [];
  const findings = await findContacts(new OrgLookups(services, session), asked, identifiers);
  const unsure = asked.filter((_, at) => findings[at]!.beyondDoubt === undefined).flatMap(({ emails }) => emails);
  const colleagues = await colleaguesOf(services, session, unsure);
  return asked.map((one, at) => ({
    name: queryOf(one) || 'Somebody without a name',
    email: one.emails[0],
    finding: findings[at]!,
    colleague: findings[at]!.beyondDoubt
      ? undefined
      : one.emails.map((email) => colleagues.get(email.toLowerCase())).find((name) => name !== undefined),
  }));
}

const usersAnswer = z.looseObject({
  records: z.array(z.looseObject({ Name: z.string().nullish(), Email: z.string().nullish() })),
});

/**
 * The names of the org's users who have these addresses. Who may not read users is told of none: their colleagues are
 * people whom nobody has found.
 */
async function colleaguesOf(
  services: IntentServices,
  { sessionId }: IntentSession,
  emails: readonly string[],
): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const statement = soql`SELECT Name, Email FROM User WHERE IsActive = true AND Email IN ${emails.slice(0, 200)}`;
  const answer = await services.request(sessionId, apiPaths.query(statement));
  const rows = answer.ok ? (usersAnswer.safeParse(answer.data).data?.records ?? []) : [];
  return new Map(rows.flatMap(({ Name, Email }) => (Name && Email ? [[Email.toLowerCase(), Name]] : [])));
}

const activityRows = z.looseObject({
  records: z.array(z.looseObject({ Id: z.string(), Subject: z.string().nullish() })),
});
const salesforceErrors = z.array(z.looseObject({ errorCode: z.string() }));
/** A field that the org lacks, or that this person may not see or search by. */
const unusable: readonly string[] = ['INVALID_FIELD', 'INVALID_TYPE'];

interface WrittenActivity extends RecordChoice {
  subject: string;
}

/** The tasks and events of the org, as far as they were written for interactions. */
class Activities {
  readonly #services: IntentServices;
  readonly #session: IntentSession;

  constructor(services: IntentServices, session: IntentSession) {
    this.#services = services;
    this.#session = session;
  }

  /** Which of these ids is one of a task or an event that is there. */
  async byIds(ids: readonly string[]): Promise<WrittenActivity | undefined> {
    for (const id of ids) {
      const type = activityTypes[keyPrefixOf(id)];
      const found = type === undefined ? undefined : await this.stillThere({ type, id });
      if (found) return found;
    }
    return undefined;
  }

  /** The record, unless it was deleted meanwhile. */
  async stillThere(choice: RecordChoice | undefined): Promise<WrittenActivity | undefined> {
    if (!choice || !Object.values(activityTypes).includes(choice.type)) return undefined;
    const { type, id } = choice;
    return (await this.#rows(type, soql`SELECT Id, Subject FROM ${soqlName(type)} WHERE Id = ${id}`))?.[0];
  }

  /**
   * The external id, and the record that has it.
   *
   * @returns undefined where there is none, or the org has no such field for this person
   */
  async mapped(
    field: ActivityToWrite['externalId'],
  ): Promise<{ field: NonNullable<ActivityToWrite['externalId']>; record: WrittenActivity | undefined } | undefined> {
    if (!field) return undefined;
    const found: WrittenActivity[] = [];
    for (const type of ['Task', 'Event']) {
      const rows = await this.#rows(
        type,
        soql`SELECT Id, Subject FROM ${soqlName(type)} WHERE ${soqlName(field.field)} = ${field.value} LIMIT 1`,
      );
      if (rows === undefined) return undefined;
      found.push(...rows);
    }
    return { field, record: found[0] };
  }

  /** @throws IntentError `ErrorOnLaunch` */
  async show({ type, id, subject }: WrittenActivity): Promise<void> {
    const state = { kind: 'record' as const, type, id };
    const view = await this.#services.showRecord({ session: this.#session, state, title: subject });
    if (!view.ok)
      throw new IntentError(fdc3Errors.errorOnLaunch, view.error.code, view.error.message, view.error.correlationId);
  }

  async #rows(type: string, statement: ReturnType<typeof soql>): Promise<WrittenActivity[] | undefined> {
    const answer = await this.#services.request(this.#session.sessionId, apiPaths.query(statement));
    if (!answer.ok) {
      const codes = salesforceErrors.safeParse(answer.error.data).data ?? [];
      if (codes.some(({ errorCode }) => unusable.includes(errorCode))) return undefined;
      throw intentErrorOf(answer.error);
    }
    const parsed = activityRows.safeParse(answer.data);
    if (!parsed.success)
      throw new IntentError(
        fdc3Errors.handlerRejected,
        'REQUEST_FAILED',
        'Salesforce answered a query in an unknown form',
      );
    return parsed.data.records.map(({ Id, Subject }) => ({ type, id: Id, subject: Subject ?? type }));
  }
}
