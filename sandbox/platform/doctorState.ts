/** Everything the connection check shows. */
import type { CheckResult } from '../../src/channel/protocol.ts';
import type { CheckId } from '../../src/doctor/catalogue.ts';

export interface DoctorState {
  /** `left`: whoever was signed in while it was checked is so no longer. */
  phase: 'connecting' | 'checking' | 'done' | 'unavailable' | 'left';
  orgUrl?: string;
  /** False: what only a session shows is left out. */
  isSignedIn: boolean;
  results: ReadonlyMap<CheckId, CheckResult>;
  /** The check that is being made. */
  running?: CheckId | undefined;
  /** Why nothing can be checked. */
  problem?: string | undefined;
  copied: boolean;
}

export interface DoctorActions {
  check(): void;
  copy(): void;
}
