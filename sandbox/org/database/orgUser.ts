/** Who asks: decides what sharing shows. Passwords belong to `sandbox/org/oauth`. */
export interface OrgUser {
  /** 18 characters, prefix 005. */
  id: string;
  username: string;
  /** May see every record and edit every object (system administrator). */
  seesAll: boolean;
}
