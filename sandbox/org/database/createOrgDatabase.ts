import { seedOrg } from '../seed/seedOrg.ts';
import { executeQuery } from '../soql/executeQuery.ts';
import { parseSoql } from '../soql/parseSoql.ts';
import { defineSqlFunctions } from '../soql/sqlFunctions.ts';
import type { Asker } from '../soql/sqlFunctions.ts';
import { createSearchIndex } from '../sosl/searchIndex.ts';
import { executeSearch } from '../sosl/executeSearch.ts';
import { createMentions } from './mentions.ts';
import type { CallContext, OrgDatabase } from './orgDatabase.ts';
import { createRecordReader } from './recordReader.ts';
import { createRecordWriter } from './recordWriter.ts';
import { createRowStore } from './rowStore.ts';
import { orgSchema, schemaSeenBy } from './schema/orgSchema.ts';
import type { OrgSchema } from './schema/orgSchema.ts';
import { openSqlEngine } from './sqlEngine.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { formatDateTime } from './storedDate.ts';
import { createIndexes, createTables } from './tables.ts';

export interface OrgDatabaseOptions {
  /** How much sample data; the other objects grow with the contacts. */
  size?: { contacts: number };
  /** The clock; milliseconds since the epoch. */
  now?: () => number;
}

export type SeededOrgDatabase = OrgDatabase & { schema: OrgSchema } & Pick<SqlEngine, 'close'>;

/** Remembers who saw what, in the order of seeing. */
function createViewedList(engine: SqlEngine, now: () => number): (userId: string, id: string, type: string) => void {
  let sequence = 0;
  return (userId, id, type) => {
    sequence += 1;
    engine.run('INSERT OR REPLACE INTO recently_viewed VALUES (?, ?, ?, ?, ?)', [
      userId,
      id,
      type,
      formatDateTime(now()),
      sequence,
    ]);
  };
}

/** Opens the embedded org in memory and fills it with the sample data of a corporate and investment bank. */
export async function createOrgDatabase(options: OrgDatabaseOptions = {}): Promise<SeededOrgDatabase> {
  const now = options.now ?? Date.now;
  const engine = await openSqlEngine();
  const asker: Asker = { userId: '', timeZone: 'GMT' };
  defineSqlFunctions(engine, asker, now);
  createTables(engine, orgSchema.objects);
  const store = createRowStore(engine);
  engine.transaction(() => seedOrg({ schema: orgSchema, store, now: now(), contacts: options.size?.contacts ?? 3000 }));
  createIndexes(engine, orgSchema.objects);

  const index = createSearchIndex(engine);
  const viewed = createViewedList(engine, now);

  function createRecordAccess(schema: OrgSchema) {
    const parts = { schema, engine, store, now };
    const reader = createRecordReader(parts);
    const writer = createRecordWriter({
      ...parts,
      isVisible: reader.isVisible,
      afterWrite: (object, id, change, user) => {
        index.rowChanged(object, id);
        if (change !== 'delete' && object.layoutable) viewed(user.id, id, object.name);
      },
    });
    return { parts, reader, writer };
  }
  const accessBySchema = new WeakMap<OrgSchema, ReturnType<typeof createRecordAccess>>();
  /** How the user reads and writes records: by a schema without the fields that field-level security hides. */
  function accessFor({ user }: CallContext): ReturnType<typeof createRecordAccess> {
    const schema = schemaSeenBy(user);
    const made = accessBySchema.get(schema) ?? createRecordAccess(schema);
    accessBySchema.set(schema, made);
    return made;
  }

  /** Statements read the asking user through SQL functions. */
  function as<T>(context: CallContext, work: () => T): T {
    asker.userId = context.user.id;
    asker.timeZone = String(engine.value('SELECT TimeZoneSidKey FROM "User" WHERE Id = ?', [context.user.id]) ?? 'GMT');
    return work();
  }

  function query(soql: string, context: CallContext, queryOptions: { includeDeleted?: boolean } = {}) {
    const result = executeQuery(accessFor(context).parts, soql, context, queryOptions.includeDeleted ?? false);
    if (
      !result.isAggregate &&
      /\bFOR\s+(VIEW|REFERENCE)\b/i.test(soql) &&
      ['VIEW', 'REFERENCE'].includes(parseSoql(soql).query.for ?? '')
    ) {
      for (const record of result.records) markViewed(String(record.attributes.url.split('/').at(-1)), context);
    }
    return result;
  }

  function markViewed(id: string, context: CallContext): void {
    const object = orgSchema.objectByKeyPrefix(id.slice(0, 3));
    if (object) viewed(context.user.id, id, object.name);
  }

  return {
    schema: orgSchema,
    now,
    close: engine.close,
    query: (soql, context, queryOptions) => as(context, () => query(soql, context, queryOptions)),
    search: (sosl, context) => as(context, () => executeSearch({ ...accessFor(context).parts, index }, sosl, context)),
    retrieve: (type, id, context, fields) =>
      as(context, () => accessFor(context).reader.retrieve(type, id, context, fields)),
    findByField: (type, field, value, context) => accessFor(context).reader.findByField(type, field, value, context),
    create: (type, values, context) => as(context, () => accessFor(context).writer.create(type, values, context)),
    update: (type, id, values, context) =>
      as(context, () => accessFor(context).writer.update(type, id, values, context)),
    delete: (type, id, context) => as(context, () => accessFor(context).writer.delete(type, id, context)),
    undelete: (type, id, context) => as(context, () => accessFor(context).writer.undelete(type, id, context)),
    transaction: (work) => engine.transaction(work),
    updatedBetween: (type, start, end, context) =>
      as(context, () => accessFor(context).reader.updatedBetween(type, start, end, context)),
    deletedBetween: (type, start, end, context) =>
      as(context, () => accessFor(context).reader.deletedBetween(type, start, end, context)),
    recentlyViewed: (context, recentOptions) =>
      as(context, () => accessFor(context).reader.recentlyViewed(context, recentOptions)),
    markViewed,
    mentions: createMentions(engine),
  };
}
