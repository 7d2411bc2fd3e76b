import type { CheckId } from './catalogue.ts';
import type { DoctorContext } from './doctorContext.ts';
import { createProbes, type Probes } from './probes.ts';
import { checksOfAllPlaces, runChecks, type Checks, type Examination } from './runChecks.ts';
import {
  checkScopesOfSession,
  checkUnseenCallback,
  checkUnseenPkce,
  checkUnseenPkceRequired,
  checkUnseenWindowRules,
} from './unseenRedirects.ts';

const checks: Checks<Probes> = {
  ...checksOfAllPlaces,
  callback: checkUnseenCallback,
  pkce: checkUnseenPkce,
  pkceRequired: checkUnseenPkceRequired,
  scopes: checkScopesOfSession,
  windowRules: checkUnseenWindowRules,
};

/** The checks' ids, without what the catalogue says of them. */
export const checkIdsOfPage = Object.keys(checks) as [CheckId, ...CheckId[]];

/**
 * An examination where a browser's rules hold, and where somebody may have signed in. It needs nothing that only a
 * terminal has.
 */
export function createPageExamination(context: DoctorContext): Examination {
  return runChecks(checks, context, createProbes(context));
}
