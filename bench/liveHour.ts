import { setTimeout as pause } from 'node:timers/promises';
import { defaultConsumerKey } from '../sandbox/org/oauth/defaultClients.ts';
import type { Outcome } from '../src/outcomes/failure.ts';
import { workerSettings } from '../src/worker/settings.ts';
import { createTokenWorker, type TokenWorker } from '../src/worker/tokenWorker.ts';
import { handClock } from '../test/support/handClock.ts';
import { startOrgProcess } from '../test/support/org.ts';
import { defaultRedirectUri, morgan, OrgBrowser } from '../test/support/orgBrowser.ts';
import type { LiveHour } from './report.ts';

const hourMs = 3_600_000;

/**
 * Apps that all want one account live for an hour, with somebody looking: the real token worker on a real org, with a
 * clock that this process moves from round to round.
 *
 * @returns requests of the REST API that the org has counted, beside those of apps that each ask as often
 */
export async function liveForAnHour(apps: number): Promise<LiveHour> {
  const org = await startOrgProcess({ contacts: 100, sessionTimeout: 'sliding', dailyApiRequests: 10_000_000 });
  const time = handClock();
  const looks = new Map<string, number>();
  let late: Error | undefined;
  const worker = createTokenWorker({ now: time.now, delay: time.delay, serverTime: async () => time.now() });
  try {
    const settings = {
      // Proofs would have the time of this clock, and the org has its own.
      orgs: [
        { orgUrl: org.url, consumerKey: defaultConsumerKey, redirectUri: defaultRedirectUri, dpop: 'off' as const },
      ],
      extraOrigins: [org.url],
      endpointPrefixes: ['/services/data'],
      requestTimeoutMs: 10_000,
    };
    const nothing = (): undefined => undefined;
    must(
      await worker.configure(settings, {
        ...{ sessionLost: nothing, sessionRecovered: nothing, trouble: nothing, called: nothing, usage: nothing },
        live(callerId, { news }) {
          if (news.kind === 'state' && news.state !== 'live')
            late = new Error(`An app is ${news.state}: ${news.message}`);
          if (news.kind === 'rows' || news.kind === 'unchanged') looks.set(callerId, (looks.get(callerId) ?? 0) + 1);
        },
      }),
    );
    const { lookedAtMs } = workerSettings.parse(settings).pipeline.live;
    const sessionId = await signedIn(worker, org.url);
    const id = await anAccount(worker, sessionId);
    await org.control.resetCounts();
    const until = time.now() + hourMs;
    for (let app = 1; app <= apps; app += 1) {
      const caller = { id: `app-${app}`, app: `App ${app}`, isPersons: false };
      await worker.grantSession(caller, sessionId);
      const target = { kind: 'record' as const, sObject: 'Account', id, fields: ['Name', 'Phone'] };
      must(await worker.subscribe(caller, { subscriptionId: 'live', sessionId, target, isLookedAt: true }));
    }
    const told = async (times: number): Promise<void> => {
      while (looks.size < apps || [...looks.values()].some((count) => count < times)) await pause(1);
      while (time.nextAt() === undefined) await pause(1);
    };
    await told(1);
    for (let round = 1; time.nextAt()! <= until; round += 1) {
      // A round is over when every app was told of it, and the next one is waited for.
      const dueAt = time.nextAt()!;
      time.pass(dueAt - time.now());
      await told(Math.min(...looks.values()) + (time.nextAt() === dueAt ? 1 : 0));
      while (time.nextAt() === undefined || time.nextAt()! <= dueAt) await pause(1);
    }
    if (late) throw late;
    const { requests } = await org.control.counts();
    const orgRequests = Object.entries(requests)
      .filter(([name]) => name.includes(' /services/data'))
      .reduce((sum, [, count]) => sum + count, 0);
    return { apps, everyMs: lookedAtMs, orgRequests, polling: apps * (1 + hourMs / lookedAtMs) };
  } finally {
    await worker.shutDown();
    await org.stop();
  }
}

async function signedIn(worker: TokenWorker, orgUrl: string): Promise<string> {
  const { signInId, authorizeUrl } = must(
    await worker.startSignIn({ orgUrl, consumerKey: defaultConsumerKey, scopes: ['api', 'refresh_token'] }),
  );
  const finished = worker.waitForSignIn(signInId);
  const redirect = await new OrgBrowser(orgUrl).signIn(authorizeUrl, morgan);
  must(await worker.deliverRedirect(redirect.href));
  return must(await finished).sessionId;
}

async function anAccount(worker: TokenWorker, sessionId: string): Promise<string> {
  const endpoint = '/services/data/v66.0/query?q=SELECT+Id+FROM+Account+ORDER+BY+Id+LIMIT+1';
  const answer = await worker.request(sessionId, {
    ...{ endpoint, method: 'GET', headers: {}, includeAuthorization: true },
  });
  const { body } = must(answer);
  if (body?.kind !== 'json') throw new Error('The org has no account.');
  return (body.value as { records: { Id: string }[] }).records[0]!.Id;
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Expected success, got ${outcome.error.code}: ${outcome.error.message}`);
  return outcome.data;
}
