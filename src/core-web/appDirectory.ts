/** FDC3 2.x app directory records, as far as a platform needs them to resolve intents. Unknown members are kept. */
import { webAddress } from '../webAddress.ts';
import { z } from '../zod.ts';

const intentListener = z.looseObject({
  contexts: z.array(z.string()),
  resultType: z.string().optional(),
  displayName: z.string().optional(),
});

export const appRecord = z.looseObject({
  appId: z.string().min(1),
  title: z.string().min(1),
  type: z.literal('web'),
  details: z.object({ url: webAddress }),
  description: z.string().optional(),
  tooltip: z.string().optional(),
  version: z.string().optional(),
  icons: z.array(z.looseObject({ src: z.string() })).optional(),
  interop: z
    .looseObject({
      intents: z
        .looseObject({
          listensFor: z.record(z.string(), intentListener).optional(),
          raises: z.record(z.string(), z.array(z.string())).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type AppRecord = z.infer<typeof appRecord>;

const appDirectoryDocument = z.looseObject({ applications: z.array(z.unknown()) });
const anyRecord = z.looseObject({
  appId: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  title: z.unknown().optional(),
  type: z.string().optional().catch(undefined),
  details: z.looseObject({ url: z.unknown().optional() }).optional().catch(undefined),
});

/** Records for desktops of other makers, and those of FDC3 1.2, say how an app is started by one of these alone. */
const manifests = ['hostManifests', 'manifest'];

const isForOthers = ({ type, details, ...record }: z.infer<typeof anyRecord>): boolean =>
  (type !== undefined && type !== 'web') ||
  (details?.url === undefined && manifests.some((member) => record[member] !== undefined));

/**
 * The apps of a directory that a desktop in a browser can show. Records of another `type` (`native`, `citrix`, …), or
 * with nothing but a manifest for another desktop, are passed over. A wrong record is reported and left out; the others
 * are kept. One without a `title`, such as that of FINOS' conformance tests, is called by its name or id.
 *
 * @param document Body of an app directory's `/v2/apps` (FDC3 2.x, App Directory, `GET /v2/apps`).
 * @param report Gets a sentence for each record that is left out because it is wrong.
 * @param name What the directory is called in such a sentence.
 * @throws Error for what is no app directory at all.
 */
export function readAppDirectory(
  document: unknown,
  report: (sentence: string) => void,
  name = 'The app directory',
): AppRecord[] {
  const parsed = appDirectoryDocument.safeParse(document);
  if (!parsed.success) throw new Error(`${name} has no list "applications", as FDC3 wants it.`);
  const apps = new Map<string, AppRecord>();
  parsed.data.applications.forEach((record, index) => {
    const said = anyRecord.safeParse(record).data ?? {};
    if (isForOthers(said)) return;
    const { appId, title } = said;
    const leftOut = (why: string): void =>
      report(`${name}: record ${index + 1} (${appId ?? 'without an appId'}) is left out: ${why}.`);
    const app = appRecord.safeParse(
      title === undefined && appId !== undefined ? { ...(record as object), title: said.name ?? appId } : record,
    );
    if (!app.success)
      leftOut(app.error.issues.map(({ path, message }) => `${path.join('.') || '(record)'}: ${message}`).join('; '));
    else if (apps.has(app.data.appId)) leftOut('an earlier one has the same appId');
    else apps.set(app.data.appId, app.data);
  });
  return [...apps.values()];
}

/** What a directory says an app does with one intent. */
export interface DeclaredIntent {
  intent: string;
  app: AppRecord;
  /** What the intent is called for people, where the record says so. */
  displayName?: string | undefined;
  resultType?: string | undefined;
}

const customConfig = z.array(z.looseObject({ name: z.string(), value: z.string() })).catch([]);

/**
 * A setting for a launcher beyond the standard.
 *
 * @returns undefined for one that the record does not have
 * @see https://fdc3.finos.org/docs/2.2/app-directory/spec `customConfig`
 */
export const customSetting = (app: AppRecord, setting: string): string | undefined =>
  customConfig.parse(app['customConfig']).find(({ name }) => name === setting)?.value;

/** The custom setting that says of an app how many instances there may be; FDC3 has no member for it. */
export const oneInstance = { name: 'instanceMode', value: 'single' };

/** Whether a desktop shows the one instance of an app again instead of starting another. */
export const isSingleInstance = (app: AppRecord): boolean => customSetting(app, oneInstance.name) === oneInstance.value;

/** The app served from this origin, if the directory has one. Each app has an origin of its own. */
export function appOfOrigin(directory: readonly AppRecord[], origin: string): AppRecord | undefined {
  return directory.find((app) => new URL(app.details.url).origin === origin);
}

/**
 * Intents that apps declare, narrowed by whatever is given. A declaration with an empty `contexts` list takes any
 * context; `resultType` matches exactly or by the part before `<` (`channel` matches `channel<fdc3.contact>`).
 */
export function declaredIntents(
  directory: readonly AppRecord[],
  wanted: { intent?: string | undefined; contextType?: string | undefined; resultType?: string | undefined },
): DeclaredIntent[] {
  return directory.flatMap((app) =>
    Object.entries(app.interop?.intents?.listensFor ?? {})
      .filter(
        ([intent, listener]) =>
          (wanted.intent === undefined || wanted.intent === intent) &&
          (wanted.contextType === undefined ||
            listener.contexts.length === 0 ||
            listener.contexts.includes(wanted.contextType)) &&
          (wanted.resultType === undefined ||
            listener.resultType === wanted.resultType ||
            listener.resultType?.split('<')[0] === wanted.resultType),
      )
      .map(([intent, { displayName, resultType }]) => ({ intent, app, displayName, resultType })),
  );
}

/** FDC3 `AppMetadata` of a record, or of one instance, for an intent that has this type of result. */
export function appMetadata(
  app: AppRecord,
  { instanceId, resultType }: { instanceId?: string | undefined; resultType?: string | undefined } = {},
) {
  return {
    appId: app.appId,
    title: app.title,
    name: app.title,
    ...(app.description === undefined ? {} : { description: app.description }),
    ...(app.tooltip === undefined ? {} : { tooltip: app.tooltip }),
    ...(app.version === undefined ? {} : { version: app.version }),
    icons: app.icons ?? [],
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(resultType === undefined ? {} : { resultType }),
  };
}
