import type { SqlEngine } from './sqlEngine.ts';

/** Somebody named in a post or comment. */
export interface Mention {
  userId: string;
  /** As the text has it, `@Morgan Reed`. */
  text: string;
}

/** Who is mentioned where. Salesforce keeps this beside the records: no query shows it. */
export interface Mentions {
  /** Sets whom a post or comment mentions, instead of those before. */
  write(recordId: string, mentions: readonly Mention[]): void;
  /** By record id, longer texts first; records that mention nobody are left out. */
  of(recordIds: readonly string[]): Map<string, Mention[]>;
  /** Ids of the posts and comments that mention the user. */
  recordsMentioning(userId: string): Set<string>;
}

/** Keeps mentions in a table of their own, which `createTables` has made. */
export function createMentions(engine: SqlEngine): Mentions {
  return {
    write(recordId, mentions) {
      engine.run('DELETE FROM mention WHERE RecordId = ?', [recordId]);
      for (const { userId, text } of mentions) {
        engine.run('INSERT OR REPLACE INTO mention VALUES (?, ?, ?)', [recordId, userId, text]);
      }
    },
    of(recordIds) {
      const sql =
        'SELECT UserId, MentionText FROM mention WHERE RecordId = ? ORDER BY length(MentionText) DESC, UserId';
      const found = new Map<string, Mention[]>();
      for (const id of recordIds) {
        const rows = engine.rows(sql, [id]);
        const mentions = rows.map(([userId, text]) => ({ userId: String(userId), text: String(text) }));
        if (mentions.length > 0) found.set(id, mentions);
      }
      return found;
    },
    recordsMentioning(userId) {
      const rows = engine.rows('SELECT RecordId FROM mention WHERE UserId = ?', [userId]);
      return new Set(rows.map(([id]) => String(id)));
    },
  };
}
