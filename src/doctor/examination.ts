import type { CheckResult } from '../channel/protocol.ts';
import { checkClock, checkDiscovery, checkMyDomain, checkReachable, checkTls } from './addressChecks.ts';
import { checkApp, checkCallback, checkInstalled, checkPkce, checkPkceRequired, checkScopes, checkSecret } from './appChecks.ts';
import type { CheckId } from './catalogue.ts';
import { checkCorsOAuth, checkCorsRest } from './crossOrigin.ts';
import type { DoctorContext } from './doctorContext.ts';
import { checkProviderPage, checkReturnPage, checkWindowRules, checkWorkerPolicy } from './pageChecks.ts';
import { createProbes, type Probes } from './probes.ts';
import { checkDpop, checkDpopCors } from './proofChecks.ts';
import { checkApi, checkApproved, checkRenewal, checkRotation } from './sessionChecks.ts';
import { failed, skipped, type Verdict } from './verdict.ts';
import { checkApiVersion } from './versionCheck.ts';

type Check = (context: DoctorContext, probes: Probes) => Promise<Verdict>;

const checks: Record<CheckId, Check> = {
  myDomain: checkMyDomain, reachable: checkReachable, tls: checkTls, clock: checkClock, discovery: checkDiscovery,
  app: checkApp, installed: checkInstalled, callback: checkCallback, pkce: checkPkce, pkceRequired: checkPkceRequired, secret: checkSecret, scopes: checkScopes,
  approved: checkApproved, renewal: checkRenewal, rotation: checkRotation, dpop: checkDpop, dpopCors: checkDpopCors,
  corsRest: checkCorsRest, corsOAuth: checkCorsOAuth, apiVersion: checkApiVersion, api: checkApi, windowRules: checkWindowRules,
  returnPage: checkReturnPage, providerPage: checkProviderPage, workerPolicy: checkWorkerPolicy,
};

/** These say something whether or not the org answers. */
const independent: ReadonlySet<CheckId> = new Set(['myDomain', 'reachable', 'tls', 'clock', 'returnPage', 'providerPage', 'workerPolicy']);

export type Examination = ReturnType<typeof createExamination>;

/** One look at a set-up. Checks share what has been asked, so another look needs another examination. */
export function createExamination(context: DoctorContext) {
  const probes = createProbes(context);

  async function verdictOf(id: CheckId): Promise<Verdict> {
    if (independent.has(id)) return checks[id](context, probes);
    // A login host or a foreign server is told nothing of the app.
    const about = [await checkMyDomain(context), await checkReachable(context, probes), await checkDiscovery(context, probes)];
    const [address, reachable, discovery] = about as [Verdict, Verdict, Verdict];
    if (address.status === 'failed') return skipped('The address is not that of an org.');
    if (reachable.status === 'failed') return skipped('The org could not be reached.');
    if (id !== 'discovery' && discovery.status === 'failed') return skipped('What answers there is not the org.');
    return checks[id](context, probes);
  }

  return {
    /** Runs one check. Never rejects: what goes wrong in it is its finding. */
    async check(id: CheckId): Promise<CheckResult> {
      const verdict = await verdictOf(id).catch(() => failed('The check itself went wrong; this is a defect of the doctor.'));
      return { id, ...verdict };
    },
  };
}
