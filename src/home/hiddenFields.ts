import type { Failure } from '../outcomes/failure.ts';
import { z } from '../zod.ts';

const salesforceErrors = z.array(z.looseObject({ errorCode: z.string(), message: z.string().catch('') }));
const named = /(?:No such column|understand relationship) '([^']+)'(?: on entity '([^']+)')?/g;

/** What a statement asks of an object. */
interface Asked {
  type: string;
  fields: readonly string[];
}

/**
 * Keeps which fields a person may not see, as the org's refusals name them: to a statement, a field that field-level
 * security hides is like one that does not exist.
 *
 * @see SOQL and SOSL Reference, `INVALID_FIELD`
 */
export function createHiddenFields() {
  const hidden = new Set<string>();
  const keyOf = (type: string, field: string): string => `${type}.${field}`.toLowerCase();

  return {
    /** The fields that are not known to be hidden. */
    visible: (type: string, fields: readonly string[]): string[] =>
      fields.filter((field) => !hidden.has(keyOf(type, field))),

    /** @returns whether something of what was asked for is left out from now on */
    leaveOut(asked: readonly Asked[], { data }: Failure): boolean {
      const refusals = (salesforceErrors.safeParse(data).data ?? [])
        .filter(({ errorCode }) => errorCode === 'INVALID_FIELD')
        .flatMap(({ message }) => [...message.matchAll(named)]);
      const meant = refusals.flatMap(([, name, entity]) =>
        asked.flatMap(({ type, fields }) =>
          fields.filter((field) => isMeant(type, field, name!, entity)).map((field) => keyOf(type, field)),
        ),
      );
      for (const key of meant) hidden.add(key);
      return meant.length > 0;
    },
  };
}

/** Of a path, the org names the part that it does not know, and the object at the end of the path. */
function isMeant(type: string, field: string, name: string, entity: string | undefined): boolean {
  const parts = field.toLowerCase().split('.');
  if (field === 'Id' || !parts.includes(name.toLowerCase())) return false;
  return parts.length > 1 || entity === undefined || entity.toLowerCase() === type.toLowerCase();
}
