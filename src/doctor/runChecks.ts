import type { CheckResult } from '../channel/protocol.ts';
import { checkClock, checkDiscovery, checkMyDomain, checkReachable, checkTls } from './addressChecks.ts';
import { checkDesktopAgent } from './agentCheck.ts';
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

/** The function of each check of the catalogue, for one environment. */
export type Checks<P extends Probes> = Readonly<Record<CheckId, Check<P>>>;

/**
 * The checks that are the same in every environment. The checks of redirects are not among them, as a page cannot see
 * where a redirect leads.
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
  desktopAgent: checkDesktopAgent,
};

/** Checks that have a result whether or not the org answers. */
const independent: ReadonlySet<CheckId> = new Set([
  'myDomain',
  'reachable',
  'tls',
  'clock',
  'returnPage',
  'providerPage',
  'workerPolicy',
  'desktopAgent',
]);

export interface Examination {
  /** Runs one check. Never rejects: an error in it becomes its finding. */
  check(id: CheckId): Promise<CheckResult>;
}

/**
 * Runs the checks of one examination. They share the answers to their requests, so a new look needs a new examination.
 */
export function runChecks<P extends Probes>(checks: Checks<P>, context: DoctorContext, probes: P): Examination {
  async function verdictOf(id: CheckId): Promise<Verdict> {
    if (independent.has(id)) return checks[id](context, probes);
    // Asked first, so that the consumer key is not sent to a login host or to a server that is no org.
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
