import type { FieldDefinition, FieldType, ObjectDefinition } from './schema/objectDefinition.ts';
import type { SqlEngine } from './sqlEngine.ts';

const caseSensitive: readonly FieldType[] = ['id', 'reference', 'date', 'datetime', 'base64'];
const numbers: readonly FieldType[] = ['double', 'currency', 'percent'];

/** Fields that are columns: not compound, not looked up at query time. */
export function storedFields(object: ObjectDefinition): FieldDefinition[] {
  return object.fields.filter((field) => field.type !== 'address' && field.sql === undefined);
}

function columnOf(field: FieldDefinition): string {
  if (field.name === 'Id') return '"Id" TEXT NOT NULL PRIMARY KEY';
  if (field.type === 'boolean') return `"${field.name}" INTEGER NOT NULL DEFAULT 0`;
  if (field.type === 'int') return `"${field.name}" INTEGER`;
  if (numbers.includes(field.type)) return `"${field.name}" REAL`;
  return `"${field.name}" TEXT${caseSensitive.includes(field.type) ? '' : ' COLLATE NOCASE'}`;
}

/** One table per object, and what the org remembers about records besides. */
export function createTables(engine: SqlEngine, objects: readonly ObjectDefinition[]): void {
  for (const object of objects) {
    engine.script(`CREATE TABLE org."${object.name}" (${storedFields(object).map(columnOf).join(', ')})`);
  }
  engine.script(`
    CREATE TABLE org.recently_viewed (UserId TEXT, RecordId TEXT, Type TEXT, ViewedDate TEXT, Sequence INTEGER,
      PRIMARY KEY (UserId, RecordId)) WITHOUT ROWID;
    CREATE TABLE org.mention (RecordId TEXT, UserId TEXT, MentionText TEXT,
      PRIMARY KEY (RecordId, UserId)) WITHOUT ROWID;
    CREATE INDEX org.mention_user ON mention (UserId);
    CREATE TABLE org.deletion (RecordId TEXT PRIMARY KEY, Type TEXT, DeletedDate TEXT) WITHOUT ROWID;
    CREATE TABLE org.counter (Name TEXT PRIMARY KEY, Value INTEGER) WITHOUT ROWID;
  `);
}

const auditFields = ['CreatedById', 'LastModifiedById'];

function isIndexed(field: FieldDefinition): boolean {
  if (field.type === 'reference') return !auditFields.includes(field.name);
  return (
    field.externalId || field.unique || field.nameField || field.name === 'Email' || field.name === 'SystemModstamp'
  );
}

/** Indexes for lookups, names and external ids; made after the sample data is loaded, which is quicker. */
export function createIndexes(engine: SqlEngine, objects: readonly ObjectDefinition[]): void {
  for (const object of objects) {
    for (const field of storedFields(object).filter(isIndexed)) {
      engine.script(`CREATE INDEX org."${object.name}_${field.name}" ON "${object.name}" ("${field.name}")`);
    }
  }
}
