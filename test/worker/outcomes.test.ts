import { defaultConsumerKey } from '../../sandbox/org/oauth/defaultClients.ts';
import type { OutcomeRow } from '../../src/outcomes/outcomes.ts';
import { outcomes } from '../../src/outcomes/outcomes.ts';
import { startTestOrg, useOrg, type TestOrg } from '../support/org.ts';
import { configuredWorker, get, must, signedInSession } from '../support/workerSession.ts';
import { deviceCases, judgeDevice, judgePoll, pollCases } from './outcomes/deviceCases.ts';
import { expectRow, rowOf, type CasesOf, type Group } from './outcomes/rows.ts';
import { Scene, type Trouble } from './outcomes/scene.ts';
import { judgeServer, serverCases } from './outcomes/serverCases.ts';
import {
  judgeRefresh,
  judgeRequest,
  judgeRevoke,
  judgeSession,
  refreshCases,
  requestCases,
  revokeCases,
  sessionCases,
} from './outcomes/sessionCases.ts';
import {
  authorizeCases,
  discoveryCases,
  judgeAuthorize,
  judgeDiscovery,
  judgeRedeem,
  redeemCases,
} from './outcomes/signInCases.ts';

type Judge<T extends Trouble> = (scene: Scene, trouble: T, row: OutcomeRow) => Promise<void>;

/** Each row of the table, apart from those of the window: what brings it about, and what has to be so then. */
const parts = {
  discovery: { cases: discoveryCases, judge: judgeDiscovery },
  authorize: { cases: authorizeCases, judge: judgeAuthorize },
  redeem: { cases: redeemCases, judge: judgeRedeem },
  server: { cases: serverCases, judge: judgeServer },
  device: { cases: deviceCases, judge: judgeDevice },
  poll: { cases: pollCases, judge: judgePoll },
  refresh: { cases: refreshCases, judge: judgeRefresh },
  session: { cases: sessionCases, judge: judgeSession },
  request: { cases: requestCases, judge: judgeRequest },
  revoke: { cases: revokeCases, judge: judgeRevoke },
} satisfies { [Prefix in Exclude<Group, 'window'>]: { cases: CasesOf<Prefix>; judge: Judge<never> } };

const allCases = Object.values(parts).flatMap(({ cases, judge }) =>
  Object.entries(cases as Record<string, readonly Trouble[]>).flatMap(([id, troubles]) =>
    troubles.map((trouble) => ({
      id,
      name: trouble.when ? `${id} (${trouble.when})` : id,
      trouble,
      judge: judge as Judge<Trouble>,
    })),
  ),
);

describe('the table of outcomes, against the embedded org', () => {
  let org: TestOrg;

  beforeAll(async () => {
    org = await startTestOrg({ contacts: 20 });
  });
  afterAll(() => org.stop());

  it.each(allCases)('$name', async ({ id, trouble, judge }) => {
    const scene = await Scene.set(org, trouble);
    await judge(scene, trouble, rowOf(id));
  });

  it('is shown row by row', () => {
    const shown = [...new Set(allCases.map(({ id }) => id))].sort();
    expect(shown).toEqual(
      outcomes
        .map(({ id }) => id as string)
        .filter((id) => !id.startsWith('window.'))
        .sort(),
    );
  });
});

describe('an org that cannot be reached', () => {
  const org = useOrg({ contacts: 20, https: true });

  const start = async (orgUrl: string) =>
    (await configuredWorker(orgUrl)).startSignIn({ orgUrl, consumerKey: defaultConsumerKey, scopes: ['api'] });

  it('is so for a certificate that nobody vouches for', async () => {
    expectRow(await start(`https://localhost:${org.httpsPort}`), rowOf('discovery.unreachable'));
  });

  it('is so for a host name that does not exist', async () => {
    expectRow(await start('https://northbridge.invalid'), rowOf('discovery.unreachable'));
  });

  it('is so for a connection that is reset', async () => {
    await org.control.dropConnections({ endpoint: 'discovery' });
    expectRow(await start(org.url), rowOf('discovery.unreachable'));
  });

  it('is so for a connection that is refused, before a session and within', async () => {
    const leaving = await startTestOrg({ contacts: 20 });
    try {
      const worker = await configuredWorker(leaving.url);
      const { sessionId } = await signedInSession(worker, leaving.url);
      must(await worker.request(sessionId, get('/services/data/v66.0/limits')));
      await leaving.stop();
      expectRow(await start(leaving.url), rowOf('discovery.unreachable'));
      expectRow(await worker.request(sessionId, get('/services/data/v66.0/limits')), rowOf('session.unreachable'));
    } finally {
      await leaving.stop();
    }
  });
});
