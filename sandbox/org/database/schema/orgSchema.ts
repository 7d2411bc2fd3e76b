import type { OrgUser } from '../orgUser.ts';
import { account } from './account.ts';
import { eventRelation, taskRelation } from './activityRelation.ts';
import { campaign } from './campaign.ts';
import { campaignMember } from './campaignMember.ts';
import { caseObject } from './case.ts';
import { contact } from './contact.ts';
import { contentDocument, contentDocumentLink, contentVersion } from './content.ts';
import { coverage } from './coverage.ts';
import { event } from './event.ts';
import { feedComment, feedItem, feedLike } from './feed.ts';
import { lead } from './lead.ts';
import { attachment, contentNote, note } from './notes.ts';
import type { FieldDefinition, ObjectDefinition } from './objectDefinition.ts';
import { opportunity } from './opportunity.ts';
import { opportunityContactRole } from './opportunityContactRole.ts';
import { organization, profile, recordType, userRole } from './setupObjects.ts';
import { task } from './task.ts';
import { user } from './user.ts';

/** One line of an object's related lists: the child object and the field that points back. */
export interface ChildRelationship {
  childObject: ObjectDefinition;
  field: FieldDefinition;
  relationshipName: string | null;
  cascadeDelete: boolean;
}

/** Every object of the org, found by name (in any case) or key prefix. */
export interface OrgSchema {
  /** In alphabetical order, as describe-global lists them. */
  objects: readonly ObjectDefinition[];
  object(name: string): ObjectDefinition | undefined;
  objectByKeyPrefix(keyPrefix: string): ObjectDefinition | undefined;
  field(object: ObjectDefinition, name: string): FieldDefinition | undefined;
  childRelationships(object: ObjectDefinition): readonly ChildRelationship[];
}

function childRelationshipsOf(parent: ObjectDefinition, objects: readonly ObjectDefinition[]): ChildRelationship[] {
  return objects.flatMap((childObject) =>
    childObject.fields
      .filter((field) => field.reference?.to.includes(parent.name))
      .map((field) => ({
        childObject,
        field,
        relationshipName: field.reference?.childRelationshipName ?? null,
        cascadeDelete: field.reference?.cascadeDelete ?? false,
      })),
  );
}

function createOrgSchema(definitions: readonly ObjectDefinition[]): OrgSchema {
  const objects = definitions.toSorted((left, right) => left.name.localeCompare(right.name));
  const byName = new Map(objects.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map(objects.map((object) => [object.keyPrefix, object]));
  const fields = new Map(
    objects.map((object) => [object.name, new Map(object.fields.map((field) => [field.name.toLowerCase(), field]))]),
  );
  const children = new Map(objects.map((object) => [object.name, childRelationshipsOf(object, objects)]));
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    objectByKeyPrefix: (keyPrefix) => byPrefix.get(keyPrefix),
    field: (object, name) => fields.get(object.name)?.get(name.toLowerCase()),
    childRelationships: (object) => children.get(object.name) ?? [],
  };
}

const schemasWithout = new WeakMap<ReadonlySet<string>, OrgSchema>();

/** The schema as somebody sees it from whom field-level security hides these fields (`Contact.MobilePhone`). */
export function schemaWithout(schema: OrgSchema, hiddenFields: ReadonlySet<string> | undefined): OrgSchema {
  if (hiddenFields === undefined || hiddenFields.size === 0) return schema;
  const known = schemasWithout.get(hiddenFields);
  if (known) return known;
  const isSeen = (object: ObjectDefinition) => (field: FieldDefinition) =>
    !hiddenFields.has(`${object.name}.${field.name}`);
  const made = createOrgSchema(
    schema.objects.map((object) => ({ ...object, fields: object.fields.filter(isSeen(object)) })),
  );
  schemasWithout.set(hiddenFields, made);
  return made;
}

/** The bank's org as this user sees it: what field-level security hides from them is not there. */
export const schemaSeenBy = ({ hiddenFields }: Pick<OrgUser, 'hiddenFields'>): OrgSchema =>
  schemaWithout(orgSchema, hiddenFields);

/** The bank's org. It is the same in every database: only the rows differ. */
export const orgSchema: OrgSchema = createOrgSchema([
  account,
  attachment,
  campaign,
  campaignMember,
  caseObject,
  contact,
  contentDocument,
  contentDocumentLink,
  contentNote,
  contentVersion,
  coverage,
  event,
  eventRelation,
  feedComment,
  feedItem,
  feedLike,
  lead,
  note,
  opportunity,
  opportunityContactRole,
  organization,
  profile,
  recordType,
  task,
  taskRelation,
  user,
  userRole,
]);
