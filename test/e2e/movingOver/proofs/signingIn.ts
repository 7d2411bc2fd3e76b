import { defaultConsumerKey, salesforceSuccessUri } from '../../../../sandbox/org/oauth/defaultClients.ts';
import type { ConnectOptions } from '../../../../src/client/index.ts';
import { alex, morgan } from '../../../support/orgBrowser.ts';
import { peerOrgUrl, peerSignInWindow } from '../../../support/peerPage.ts';
import { authorizeParameters, codeGrants, type Proof } from '../proof.ts';
import { callIn, type Place } from '../outcome.ts';
import { login } from '../stage.ts';

const signInWindows = { there: peerSignInWindow, here: 'salesforce-sign-in-' } as const;

export const signingIn: Proof[] = [
  {
    row: 'signing in',
    async prove({ both, launchAnother, stage }) {
      const grants = await both(async (place) => {
        const page = await launchAnother(place);
        stage.arrived();
        expect(
          await callIn(
            page,
            place,
            async ({ api }, [orgUrl, key]) => (await api.connect(orgUrl, key)).currentUser.Name,
            login,
          ),
        ).toEqual({ answer: 'Morgan Reed' });
        return codeGrants(stage.arrived()).length;
      });
      expect(grants).toEqual({ there: 1, here: 0 });
    },
  },
  {
    row: '`getConnection`',
    async prove({ both, call, runtime }) {
      const windows = await both(async (place) => {
        const before = runtime.windows().length;
        expect(
          await call(
            place,
            async ({ api }, [orgUrl, key]) => (await api.getConnection(orgUrl, key))?.currentUser.Name,
            login,
          ),
        ).toEqual({ answer: 'Morgan Reed' });
        return runtime.windows().length - before;
      });
      expect(windows).toEqual({ there: 1, here: 0 });
    },
  },
  {
    row: 'what runs',
    configuration: false,
    connected: false,
    async prove({ call, runtime }) {
      await call('there', async ({ api }, [orgUrl, key]) => void api.connect(orgUrl, key), login);
      await (await runtime.shownWindow(peerSignInWindow)).page.getByLabel('Username').waitFor();
      const here = await call(
        'here',
        ({ api }, [orgUrl, key]) => {
          api.configure({ providerTimeout: 100 });
          return api.connect(orgUrl, key);
        },
        login,
      );
      expect(here).toMatchObject({ error: { name: 'InitializationError', code: 'PROVIDER_UNAVAILABLE' } });
    },
  },
  {
    row: 'which apps',
    async prove({ both, launchAnother }) {
      const seen = await both(async (place) =>
        callIn(
          await launchAnother(place, `${place}-unlisted`),
          place,
          async ({ api }, [orgUrl, key]) => (await api.connect(orgUrl, key)).currentUser.Name,
          login,
        ),
      );
      expect(seen).toMatchObject({
        there: { answer: 'Morgan Reed' },
        here: { error: { name: 'AuthorizationError', code: 'APP_NOT_ALLOWED' } },
      });
    },
  },
  {
    row: '`connect(orgUrl, consumerKey, …)`',
    async prove({ both, call, runtime }) {
      const connectTo = (...parameters: unknown[]) =>
        both((place) =>
          call(
            place,
            async ({ api }, given) =>
              (await (api.connect as (...given: unknown[]) => ReturnType<typeof api.connect>)(...given)).currentUser
                .Name,
            parameters,
          ),
        );
      expect(await connectTo('https://evilsalesforce.com', defaultConsumerKey)).toMatchObject({
        there: { error: { name: 'InitializationError' } },
        here: { error: { name: 'ParameterError' } },
      });
      expect(await connectTo()).toMatchObject({
        there: { error: { name: 'ParameterError' } },
        here: { answer: 'Morgan Reed' },
      });
      for (const written of [`${peerOrgUrl}/`, `${peerOrgUrl}/lightning/page/home?x=1#y`, peerOrgUrl.toUpperCase()]) {
        expect(await connectTo(written, defaultConsumerKey)).toEqual({
          there: { answer: 'Morgan Reed' },
          here: { answer: 'Morgan Reed' },
        });
      }
      for (const parameters of [
        ['nonsense', 'key'],
        ['http://localhost:1', 'key'],
        [peerOrgUrl, ' '],
        [peerOrgUrl, null],
      ]) {
        const { there, here } = await connectTo(...parameters);
        expect([there.error?.name, here.error?.name]).toEqual(['ParameterError', 'ParameterError']);
      }
      const otherOrg = ['https://other.my.salesforce.com', defaultConsumerKey] as const;
      expect(await call('here', ({ api }, given) => api.connect(...given), otherOrg)).toMatchObject({
        error: { name: 'ParameterError' },
      });
      await call('there', async ({ api }, given) => void api.connect(...given), otherOrg);
      expect(new URL((await runtime.shownWindow(peerSignInWindow)).page.url()).origin).toBe(otherOrg[0]);
    },
  },
  {
    row: '`authFlowParams`',
    async prove({ both, call, stage }) {
      const outcomes = await both(async (place) => {
        stage.arrived();
        const seen = await call(
          place,
          async ({ api }, [orgUrl, key]) =>
            (await api.connect(orgUrl, key, [], { scope: 'api id' }, {}, { ownSession: true })).currentUser.Name,
          login,
        );
        return { seen, scopes: authorizeParameters(stage.arrived()).map(({ scope }) => scope) };
      });
      expect(outcomes).toMatchObject({
        there: { seen: { answer: 'Morgan Reed' }, scopes: ['api id'] },
        here: { seen: { error: { name: 'ParameterError', code: 'INVALID_PARAMETER' } }, scopes: [] },
      });
      const shared = await call(
        'here',
        async ({ api }, [orgUrl, key]) => (await api.connect(orgUrl, key, [], { scope: 'api id' })).currentUser.Name,
        login,
      );
      expect([shared, authorizeParameters(stage.arrived())]).toEqual([{ answer: 'Morgan Reed' }, []]);
    },
  },
  {
    row: 'callback URL in Salesforce',
    async prove({ both, call, stage }) {
      const used = await both(async (place) => {
        stage.arrived();
        // A session of its own makes ours sign in as well.
        await call(
          place,
          async ({ api }, [orgUrl, key]) =>
            void (await api.connect(orgUrl, key, undefined, undefined, undefined, { ownSession: true })),
          login,
        );
        return authorizeParameters(stage.arrived()).at(-1)?.['redirect_uri'];
      });
      expect(used).toEqual({
        there: salesforceSuccessUri,
        here: expect.stringMatching(/^http:\/\/localhost:\d+\/signed-in\.html$/),
      });
    },
  },
  {
    row: 'another user of the same org',
    async prove({ call, runtime, stage }) {
      await stage.org.control.endBrowserSessions();
      const connectAgain = (place: Place, options: ConnectOptions) =>
        call(
          place,
          async ({ api, connection }, { org: [orgUrl, key], options }) => {
            const other = await api.connect(orgUrl, key, [], { prompt: 'login' }, {}, options);
            const me = async ({ executeApiRequest }: typeof connection) =>
              (await executeApiRequest<{ preferred_username: string }>('/services/oauth2/userinfo')).data
                ?.preferred_username;
            return [await me(connection), await me(other)];
          },
          { org: login, options },
        );
      const signInAlex = async (place: Place) => {
        const { page } = await runtime.shownWindow(signInWindows[place]);
        await page.getByLabel('Username').fill(alex.username);
        await page.getByLabel('Password').fill(alex.password);
        await page.getByRole('button', { name: 'Log in' }).click();
      };
      const there = connectAgain('there', {});
      await signInAlex('there');
      expect(await there).toEqual({ answer: [morgan.username, alex.username] });
      expect(await connectAgain('here', {})).toEqual({ answer: [morgan.username, morgan.username] });
      const here = connectAgain('here', { ownSession: true });
      await signInAlex('here');
      expect(await here).toEqual({ answer: [morgan.username, alex.username] });
    },
  },
  {
    row: '`AuthorizationError.data`',
    async prove({ both, call, runtime, stage }) {
      await stage.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: false });
      try {
        const errors = await both(async (place) => {
          const seen = call(
            place,
            ({ api }, [orgUrl, key]) => api.connect(orgUrl, key, [], { prompt: 'consent' }, {}, { ownSession: true }),
            login,
          );
          await (await runtime.shownWindow(signInWindows[place])).page.getByRole('button', { name: 'Deny' }).click();
          return (await seen).error;
        });
        expect(errors.there).toMatchObject({
          name: 'AuthorizationError',
          data: expect.stringMatching(
            /^https:\/\/login\.salesforce\.com\/services\/oauth2\/success\?.*error=access_denied.*state=/i,
          ),
        });
        expect(errors.here).toMatchObject({
          name: 'AuthorizationError',
          data: { error: 'access_denied', error_description: expect.any(String) },
        });
        expect(Object.keys(errors.here!.data as object).sort()).toEqual(['error', 'error_description']);
      } finally {
        await stage.org.control.setApp(defaultConsumerKey, { adminApprovedOnly: true });
      }
    },
  },
];
