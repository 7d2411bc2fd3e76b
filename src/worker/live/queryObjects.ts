import { success, type Outcome } from '../../outcomes/failure.ts';
import { z } from '../../zod.ts';
import type { Asked, OrgQueries } from './orgQueries.ts';
import { queryScope, type QueryScope } from './queryScope.ts';
import { troubleOf } from './trouble.ts';

/** What is needed of the description of an object (REST API Developer Guide, "sObject Describe"). */
const description = z.looseObject({
  fields: z.array(
    z.looseObject({ relationshipName: z.string().nullish(), referenceTo: z.array(z.string()).nullish() }),
  ),
  childRelationships: z.array(z.looseObject({ childSObject: z.string(), relationshipName: z.string().nullish() })),
});
type Description = z.output<typeof description>;

/** A lookup that can be of more objects than these is not watched. */
const mostObjectsOfLookup = 4;
/** More objects cost more to ask about than the query itself. */
const mostObjects = 10;

interface QueryObjectsOptions {
  sessionId: string;
  queries: Pick<OrgQueries, 'describe'>;
}

/** By whose changes the rows of a query may change; `unknown` where that cannot be told. */
export type QueryObjects = ReadonlySet<string> | 'unknown';

/**
 * Knows which objects a query reads: its own, those of its parent paths, of its child subqueries, and of the subqueries
 * of its conditions. What relationships lead to is in the description of the object, which is asked for once.
 */
export function createQueryObjects({ sessionId, queries }: QueryObjectsOptions) {
  const descriptions = new Map<string, Description | 'unknown'>();

  async function describe(sObject: string, how: Asked): Promise<Outcome<Description | 'unknown'>> {
    const known = descriptions.get(sObject.toLowerCase());
    if (known) return success(known);
    const answer = await queries.describe(sessionId, sObject, how);
    if (!answer.ok && troubleOf(answer.error).does !== 'end') return answer;
    const parsed = description.safeParse(answer.ok ? answer.data : undefined);
    const described = parsed.success ? parsed.data : 'unknown';
    descriptions.set(sObject.toLowerCase(), described);
    return success(described);
  }

  /** Adds the objects of one scope. @returns false where one of them cannot be told */
  async function add(objects: Set<string>, scope: QueryScope, sObject: string, how: Asked): Promise<Outcome<boolean>> {
    objects.add(sObject);
    for (const name of scope.named) objects.add(name);
    for (const path of scope.paths) {
      const added = await addParents(objects, sObject, path.split('.').slice(0, -1), how);
      if (!added.ok || !added.data) return added;
    }
    for (const child of scope.children) {
      const described = await describe(sObject, how);
      if (!described.ok) return described;
      const childObject = childOf(described.data, child.from);
      if (childObject === undefined) return success(false);
      const added = await add(objects, child, childObject, how);
      if (!added.ok || !added.data) return added;
    }
    for (const condition of scope.conditions) {
      const added = await add(objects, condition, condition.from, how);
      if (!added.ok || !added.data) return added;
    }
    return success(objects.size <= mostObjects);
  }

  async function addParents(
    objects: Set<string>,
    sObject: string,
    [relationship, ...rest]: readonly string[],
    how: Asked,
  ): Promise<Outcome<boolean>> {
    if (relationship === undefined) return success(true);
    const described = await describe(sObject, how);
    if (!described.ok) return described;
    const parents = parentsOf(described.data, relationship);
    if (!parents || parents.length > mostObjectsOfLookup) return success(false);
    for (const parent of parents) {
      objects.add(parent);
      const added = rest.length > 0 ? await addParents(objects, parent, rest, how) : success(true);
      // Of a lookup to several objects, not each has the next relationship.
      if (!added.ok || (!added.data && parents.length === 1)) return added;
    }
    return success(true);
  }

  return async function queryObjects(soql: string, how: Asked): Promise<Outcome<QueryObjects>> {
    const scope = queryScope(soql);
    if (!scope) return success('unknown');
    const objects = new Set<string>();
    const added = await add(objects, scope, scope.from, how);
    return added.ok ? success(added.data ? objects : 'unknown') : added;
  };
}

const isSameName = (one: string | null | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

function parentsOf(described: Description | 'unknown', relationship: string): readonly string[] | undefined {
  if (described === 'unknown') return undefined;
  const field = described.fields.find(({ relationshipName }) => isSameName(relationshipName, relationship));
  return field?.referenceTo ?? undefined;
}

function childOf(described: Description | 'unknown', relationship: string): string | undefined {
  if (described === 'unknown') return undefined;
  return described.childRelationships.find(({ relationshipName }) => isSameName(relationshipName, relationship))
    ?.childSObject;
}
