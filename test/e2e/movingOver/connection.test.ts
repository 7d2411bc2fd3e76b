import { jest } from '@jest/globals';
import { sceneOf } from './proof.ts';
import { connectBoth, openStage, type Stage } from './stage.ts';

jest.setTimeout(60_000);

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.stop());

describe('with @openfin/salesforce 2.3.0 and with ours', () => {
  it("a connection has the same members, the same user's record and the same errors", async () => {
    const runtime = await stage.openRuntime();
    const { both, call } = sceneOf(stage, runtime);
    try {
      await connectBoth(runtime);
      const { there, here } = await both((place) =>
        call(place, async ({ api, connection }) => {
          const { LastLoginDate: _differs, ...user } = connection.currentUser;
          const errors = (
            [
              api.ApiError,
              api.ApiRequestError,
              api.AuthorizationError,
              api.AuthTokenExpiredError,
              api.InitializationError,
              api.ParameterError,
            ] as const
          ).map((ErrorClass) => [
            new ErrorClass().name,
            new ErrorClass().message,
            new ErrorClass() instanceof api.ApiError,
            new ErrorClass('mine').message,
          ]);
          return { members: Object.keys(connection).sort(), ...connection, currentUser: user, errors };
        }),
      );
      expect(here.answer).toEqual(there.answer);
      expect(there.answer).toMatchObject({
        currentUser: { Name: 'Morgan Reed' },
        members: expect.arrayContaining(['executeApiRequest', 'orgUrl']),
      });
    } finally {
      await runtime.runtime.close();
    }
  });
});
