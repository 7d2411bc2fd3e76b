/** Who asks: decides what sharing shows. Passwords belong to `sandbox/org/oauth`. */
export interface OrgUser {
  /** 18 characters, prefix 005. */
  id: string;
  username: string;
  /** May see every record and edit every object (system administrator). */
  seesAll: boolean;
  /**
   * Field-level security: fields such as `Contact.MobilePhone` that this user neither finds nor reads nor writes, and
   * that descriptions, records and layouts leave out for them.
   */
  hiddenFields?: ReadonlySet<string>;
}
