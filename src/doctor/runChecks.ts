import type { CheckResult } from '../channel/protocol.ts';
import { checkClock, checkDiscovery, checkMyDomain, checkReachable, checkTls } from './addressChecks.ts';
import { checkApp, checkInstalled, checkSecret } from './appChecks.ts';
import type { CheckId } from './catalogue.ts';
import { checkCorsOAuth, checkCorsRest } from './crossOrigin.ts';
import type { DoctorContext } from './doctorContext.ts';
import { checkProviderPage, checkReturnPage, checkWorkerPolicy } from './pageChecks.ts';
import type { Probes } from './probes.ts';
import { checkDpop, checkDpopCors } from './proofChecks.ts';
import { checkApi, checkApproved, checkRenewal, checkRotation } from './sessionChecks.ts';
import { failed, skipped, type Verdict } from './verdict.ts';
import { checkApiVersion } from './versionCheck.ts';

type Check<P extends Probes> = (context: DoctorContext, probes: P) => Promise<Verdict>;

/** The whole catalogue, as it is checked in one place. */
export type Checks<P extends Probes> = Readonly<Record<CheckId, Check<P>>>;

/**
 * What is checked in the same way wherever it is; how a sign-in's redirects are, each place has its own way to tell.
 */
export const checksOfAllPlaces = {
  myDomain: checkMyDomain,
  reachable: checkReachable,
  tls: checkTls,
  clock: checkClock,
  discovery: checkDiscovery,
  app: checkApp,
  installed: checkInstalled,
  secret: checkSecret,
  approved: checkApproved,
  renewal: checkRenewal,
  rotation: checkRotation,
  dpop: checkDpop,
  dpopCors: checkDpopCors,
  corsRest: checkCorsRest,
  corsOAuth: checkCorsOAuth,
  apiVersion: checkApiVersion,
  api: checkApi,
  returnPage: checkReturnPage,
  providerPage: checkProviderPage,
  workerPolicy: checkWorkerPolicy,
};

/** These say something whether or not the org answers. */
const independent: ReadonlySet<CheckId> = new Set([
  'myDomain',
  'reachable',
  'tls',
  'clock',
  'returnPage',
  'providerPage',
  'workerPolicy',
]);

export interface Examination {
  /** Runs one check. Never rejects: what goes wrong in it is its finding. */
  check(id: CheckId): Promise<CheckResult>;
}

/** One look at a set-up. Checks share what has been asked, so another look needs another examination. */
export function runChecks<P extends Probes>(checks: Checks<P>, context: DoctorContext, probes: P): Examination {
  async function verdictOf(id: CheckId): Promise<Verdict> {
    if (independent.has(id)) return checks[id](context, probes);
    // A login host or a foreign server is told nothing of the app.
    const about = [
      await checkMyDomain(context),
      await checkReachable(context, probes),
      await checkDiscovery(context, probes),
    ];
    const [address, reachable, discovery] = about as [Verdict, Verdict, Verdict];
    if (address.status === 'failed') return skipped('The address is not that of an org.');
    if (reachable.status === 'failed') return skipped('The org could not be reached.');
    if (id !== 'discovery' && discovery.status === 'failed') return skipped('What answers there is not the org.');
    return checks[id](context, probes);
  }

  return {
    async check(id) {
      const verdict = await verdictOf(id).catch(() =>
        failed('The check itself went wrong; this is a defect of the doctor.'),
      );
      return { id, ...verdict };
    },
  };
}
