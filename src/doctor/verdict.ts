import type { CheckResult } from '../channel/protocol.ts';

/** What a check found: one sentence that names the thing itself. */
export type Verdict = Pick<CheckResult, 'status' | 'finding'>;

/** The thing works as it should. */
export const ok = (finding: string): Verdict => ({ status: 'ok', finding });
/** The thing works, but not as it should. */
export const warning = (finding: string): Verdict => ({ status: 'warning', finding });
/** The thing does not work. */
export const failed = (finding: string): Verdict => ({ status: 'failed', finding });
/** This cannot be checked from here, or not yet. */
export const skipped = (finding: string): Verdict => ({ status: 'skipped', finding });
