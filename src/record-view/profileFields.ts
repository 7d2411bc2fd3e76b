import type { ProfileToWrite } from '../channel/protocol.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { formSectionsOf, type FormField } from './formFields.ts';
import { callApi, type RecordApi } from './recordApi.ts';
import { UnreadableRecordError } from './recordPage.ts';
import { layoutOf, recordUi } from './uiApi.ts';

/**
 * Loads the fields that an app has something to say of, whether or not the org's layout shows them.
 *
 * @returns Those that this person sees, by name, and which of them they may not change.
 * @throws ApiRequestError as the client does; UnreadableRecordError.
 */
export async function loadProfileFields(
  api: RecordApi,
  { type, id, values }: ProfileToWrite,
  signal: AbortSignal,
): Promise<{ fields: Map<string, FormField>; locked: Set<string> }> {
  const names = [...new Set(values.flatMap(({ fields }) => fields))];
  const path = apiPaths.recordUi(
    [id],
    'Edit',
    names.map((name) => `${type}.${name}`),
  );
  const answer = recordUi.safeParse(await callApi(api, path, { signal, maxAge: 0 }));
  const record = answer.success ? Object.values(answer.data.records)[0] : undefined;
  const info = record && answer.data?.objectInfos[record.apiName];
  if (!record || !info) throw new UnreadableRecordError();
  const sections = formSectionsOf({
    layout: layoutOf(names),
    info,
    picklists: {},
    // What is not in the answer this person may not see.
    mayFill: ({ apiName }) => record.fields[apiName] !== undefined,
  });
  const fields = new Map(
    sections
      .flatMap((section) => section.fields)
      .filter(({ name }) => names.includes(name))
      .map((field) => [field.name, field] as const),
  );
  const locked = [...fields.keys()].filter((name) => !info.fields[name]?.updateable || !info.updateable);
  return { fields, locked: new Set(locked) };
}
