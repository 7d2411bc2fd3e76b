import type { ArrivedRequest } from '../recordingOrg.ts';
import { callIn } from '../outcome.ts';
import { codeGrants, renewals, revocations, type Proof } from '../proof.ts';
import { login } from '../stage.ts';

const tokensOf = (arrived: ArrivedRequest[]) =>
  arrived.filter(({ url }) => url.startsWith('/services/data')).map(({ headers }) => headers.authorization);

export const sessions: Proof[] = [
  {
    row: 'tokens',
    async prove({ both, call, stage }) {
      const passing = await both(async (place) => {
        // What the page hands to workers, and what the runtime brings to the page.
        const seen = await call(
          place,
          async ({ api }, [orgUrl, key]) => {
            const passed: string[] = [];
            const post = Worker.prototype.postMessage;
            Worker.prototype.postMessage = function (this: Worker, ...given: [never]) {
              passed.push(JSON.stringify(given[0]));
              post.apply(this, given);
            };
            const channels = (
              globalThis as unknown as { fin: import('../../../../src/client/index.ts').OpenFinRuntime }
            ).fin.InterApplicationBus.Channel;
            const connectChannel = channels.connect.bind(channels);
            channels.connect = async (...given) => {
              const channel = await connectChannel(...given);
              const dispatch = channel.dispatch.bind(channel);
              channel.dispatch = async (...sent) => {
                const answer = await dispatch(...sent);
                passed.push(JSON.stringify([sent, answer]));
                return answer;
              };
              return channel;
            };
            try {
              // Ours leaves the channel that it has and takes another.
              api.configure?.({});
              await (await api.connect(orgUrl, key)).executeApiRequest('/services/data');
              return passed;
            } finally {
              Worker.prototype.postMessage = post;
            }
          },
          login,
        );
        expect(seen.answer).not.toEqual([]);
        const secrets = await stage.org.control.secrets();
        return [
          ...new Set(
            secrets.filter(({ value }) => JSON.stringify(seen.answer).includes(value)).map(({ kind }) => kind),
          ),
        ].sort();
      });
      expect(passing.there).toEqual(
        expect.arrayContaining([expect.stringMatching(/code/), expect.stringMatching(/verifier/)]),
      );
      expect(passing.here).toEqual([]);
    },
  },
  {
    row: '`disconnect()`',
    async prove({ both, call, stage }) {
      const outcomes = await both(async (place) => {
        stage.arrived();
        const seen = await call(place, async ({ connection }) => {
          await connection.disconnect();
          await connection.executeApiRequest('/services/data');
        });
        return { revoked: revocations(stage.arrived()).length, error: seen.error?.name };
      });
      expect(outcomes).toEqual({
        there: { revoked: 2, error: 'ApiRequestError' },
        here: { revoked: 0, error: 'ApiRequestError' },
      });
    },
  },
  {
    row: 'more scopes later',
    async prove({ both, call, launchAnother, stage }) {
      const outcomes = await both(async (place) => {
        stage.arrived();
        const seen = await call(
          place,
          async ({ api, connection }, [orgUrl, key]) => {
            const wider = await api.connect(orgUrl, key, ['id']);
            await connection.executeApiRequest('/services/data');
            await wider.executeApiRequest('/services/data');
          },
          login,
        );
        expect(seen).toEqual({});
        const arrived = stage.arrived();
        return { grants: codeGrants(arrived).length, tokens: new Set(tokensOf(arrived)).size };
      });
      expect(outcomes).toEqual({ there: { grants: 1, tokens: 2 }, here: { grants: 1, tokens: 1 } });
      const second = await both(async (place) =>
        callIn(
          await launchAnother(place),
          place,
          async ({ api }, [orgUrl, key]) => (await api.connect(orgUrl, key, ['id'])).currentUser.Name,
          login,
        ),
      );
      expect(second).toMatchObject({
        there: { answer: 'Morgan Reed' },
        here: { error: { name: 'AuthorizationError', code: 'APP_NOT_ALLOWED' } },
      });
    },
  },
  {
    row: 'rotated refresh tokens',
    async prove({ both, call, stage }) {
      const outcomes = await both(async (place) => {
        const seen = [];
        for (let renewed = 0; renewed < 2; renewed++) {
          await stage.org.control.expireAccessTokens();
          const { answer, error } = await call(
            place,
            async ({ send }) => (await send('/services/data/vXX.X/sobjects/Contact/describe')).status,
          );
          seen.push(answer ?? error?.name);
        }
        return seen;
      });
      expect(outcomes).toEqual({ there: [200, 'AuthTokenExpiredError'], here: [200, 200] });
    },
  },
  {
    row: 'many requests with an expired token',
    async prove({ both, call, stage }) {
      await stage.org.control.setRefreshTokenRotation(false);
      const renewed = await both(async (place) => {
        await stage.org.control.expireAccessTokens();
        stage.arrived();
        const seen = await call(place, ({ send }) =>
          Promise.all(
            [1, 2, 3, 4, 5].map(
              async (limit) =>
                (await send(`/services/data/vXX.X/query?q=SELECT+Id+FROM+Account+LIMIT+${limit}`)).status,
            ),
          ),
        );
        expect(seen).toEqual({ answer: [200, 200, 200, 200, 200] });
        return renewals(stage.arrived()).length;
      });
      await stage.org.control.setRefreshTokenRotation(true);
      expect(renewed).toEqual({ there: 5, here: 1 });
    },
  },
  {
    row: 'a session that has ended',
    async prove({ both, call, stage }) {
      await stage.org.control.expireAccessTokens();
      await stage.org.control.expireRefreshTokens();
      const errors = await both(
        async (place) => (await call(place, ({ send }) => send('/services/data/vXX.X/sobjects'))).error,
      );
      expect(errors).toMatchObject({
        there: {
          name: 'AuthTokenExpiredError',
          message: 'Failed to refresh access token',
          data: { error: 'invalid_grant' },
        },
        here: { name: 'AuthTokenExpiredError', code: 'SIGN_IN_REQUIRED' },
      });
    },
  },
  {
    row: 'tokens stolen from a machine',
    configuration: { orgs: [{ orgUrl: login[0], consumerKey: login[1] }] },
    async prove({ both, call, stage }) {
      const schemes = await both(async (place) => {
        stage.arrived();
        expect(await call(place, async ({ send }) => (await send('/services/data/vXX.X/sobjects')).status)).toEqual({
          answer: 200,
        });
        return tokensOf(stage.arrived())[0]?.split(' ')[0];
      });
      expect(schemes).toEqual({ there: 'Bearer', here: 'DPoP' });
    },
  },
  {
    row: '`vXX.X`',
    configuration: { apiVersion: undefined },
    async prove({ both, call, stage }) {
      const paths = await both(async (place) => {
        stage.arrived();
        expect(await call(place, async ({ send }) => (await send('/services/data/vXX.X/sobjects')).status)).toEqual({
          answer: 200,
        });
        return stage.arrived()[0]?.url;
      });
      expect(paths).toEqual({ there: '/services/data/v56.0/sobjects', here: '/services/data/v66.0/sobjects' });
    },
  },
  {
    row: '`expireTokens` (internal)',
    async prove({ both, call, stage }) {
      const outcomes = await both(async (place) => {
        stage.arrived();
        const { error } = await call(place, ({ connection }) => connection.expireTokens(true));
        return { revoked: revocations(stage.arrived()).length, error: error?.name };
      });
      expect(outcomes).toEqual({
        there: { revoked: 1, error: undefined },
        here: { revoked: 0, error: 'ApiRequestError' },
      });
    },
  },
];
