import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import type { OutcomeRow } from '../../../src/outcomes/outcomes.ts';
import { get, must } from '../../support/workerSession.ts';
import { noAnswersAt } from './noAnswers.ts';
import { expectRow, rowOf, type CasesOf } from './rows.ts';
import { codeLifeMs, cure, type Scene, type Trouble } from './scene.ts';

const limits = get('/services/data/v66.0/limits');
const app = (changes: Parameters<Scene['org']['control']['setApp']>[1]) => (scene: Scene) =>
  scene.org.control.setApp(defaultConsumerKey, changes);
const token = { endpoint: 'token' } as const;

export const deviceCases: CasesOf<'device'> = {
  'device.notEnabled': [{ cause: app({ deviceFlow: false }), cure: app({ deviceFlow: true }) }],
  'device.scopeNotAllowed': [
    {
      cause: app({ scopes: ['openid', 'id'] }),
      cure: app({ scopes: ['api', 'refresh_token', 'openid', 'id', 'web'] }),
    },
  ],
  'device.foreignVerification': [
    {
      cause: (scene) =>
        scene.meet(
          { kind: 'change-members', members: { verification_uri: 'https://evil.example/setup/connect' } },
          token,
        ),
    },
  ],
};

/** No code is shown to anybody. */
export async function judgeDevice(scene: Scene, trouble: Trouble, row: OutcomeRow): Promise<void> {
  await trouble.cause(scene);
  expectRow(await scene.signInByDevice(), row);
  expect(scene.pauses).toEqual([]);
  await cure(scene, trouble);
  must(await scene.signInByDevice());
}

export type PollTrouble = Trouble & {
  /** The pauses while it lasts, where they are not the org's own, longer each time. */
  pauses?: number[];
  /** How it ends when it never stops. */
  end?: 'redeem.deviceExpired';
};

export const pollCases: CasesOf<'poll', PollTrouble> = {
  ...noAnswersAt('poll', token),
  'poll.pending': [{ cause: () => undefined, pauses: [5_000, 5_000, 5_000], end: 'redeem.deviceExpired' }],
  'poll.slowDown': [
    {
      cause: (scene) => scene.meet({ kind: 'answer', status: 400, body: '{"error":"slow_down"}' }, token),
      pauses: [5_000, 10_000, 15_000],
      end: 'redeem.deviceExpired',
    },
  ],
  'poll.orgFailed': [
    { cause: (scene) => scene.meet({ kind: 'answer', status: 400, body: '{"error":"server_error"}' }, token) },
    { when: 'too many', cause: (scene) => scene.meet({ kind: 'rate-limit' }, token) },
  ],
};

/** It goes on by itself once the trouble is over; when that comes too late, it says why nothing came of it. */
export async function judgePoll(scene: Scene, trouble: PollTrouble, row: OutcomeRow): Promise<void> {
  expect(row.retry).toBe('later');
  const { sessionId } = must(
    await scene.signInByDevice(
      async (count) => {
        if (count === 1) await trouble.cause(scene);
        if (count === 3) await cure(scene, trouble);
      },
      { decidedIn: 3 },
    ),
  );
  expect(scene.pauses).toEqual(trouble.pauses ?? [5_000, 10_000, 20_000]);
  must(await scene.worker.request(sessionId, limits));

  const failed = await scene.signInByDevice(
    async (count) => {
      if (count === 1) await trouble.cause(scene);
      if (count === 2) await scene.pass(codeLifeMs);
    },
    { decision: 'nothing' },
  );
  expectRow(failed, trouble.end ? rowOf(trouble.end) : row);
  expect(scene.pauses).toHaveLength(2);
}
