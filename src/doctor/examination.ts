import type { DoctorContext } from './doctorContext.ts';
import { createAuthorize } from './landing.ts';
import { createProbes } from './probes.ts';
import {
  checkCallback,
  checkPkce,
  checkPkceRequired,
  checkScopes,
  checkWindowRules,
  type RedirectProbes,
} from './redirectChecks.ts';
import { checksOfAllPlaces, runChecks, type Checks, type Examination } from './runChecks.ts';

const checks: Checks<RedirectProbes> = {
  ...checksOfAllPlaces,
  callback: checkCallback,
  pkce: checkPkce,
  pkceRequired: checkPkceRequired,
  scopes: checkScopes,
  windowRules: checkWindowRules,
};

/** An examination from a terminal, which sees all answers and where redirects lead. */
export function createExamination(context: DoctorContext): Examination {
  return runChecks(checks, context, { ...createProbes(context), authorize: createAuthorize(context) });
}
