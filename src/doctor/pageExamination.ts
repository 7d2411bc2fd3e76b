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
 * An examination in a browser, where CORS applies and a person may have signed in. Imports nothing that only a terminal
 * has.
 */
export function createPageExamination(context: DoctorContext): Examination {
  return runChecks(checks, context, createProbes(context));
}
