import { confidentialApp } from '../../../../sandbox/org/oauth/defaultClients.ts';
import { channelName } from '../../../../src/channel/channelVersion.ts';
import { configure, connect, getConnection } from '../../../../src/client/index.ts';
import type { AuditRecord } from '../../../../src/provider/audit.ts';
import { parseSettings, serverConfiguration } from '../../../../src/provider/configuration.ts';
import type { Host } from '../../../../src/provider/hosts/host.ts';
import { provideOn } from '../../../../src/provider/hosts/node/provideOn.ts';
import { clientCredentialsGrant, jwtBearerGrant, type ServerGrant } from '../../../../src/worker/serverGrant.ts';
import { ChannelBus } from '../../../../sandbox/container/channelBus.ts';
import { useOrg } from '../../../support/org.ts';
import { alex } from '../../../support/orgBrowser.ts';
import { newServerKey, setUpApp, type ServerKey } from '../../../support/serverFlows.ts';
import { until } from '../../../support/until.ts';

const { consumerKey, secret } = confidentialApp;
const oneAccount = '/services/data/vXX.X/query?q=SELECT+Name+FROM+Account+LIMIT+1';

describe('the provider on a server, with the real client, worker and org', () => {
  const org = useOrg({ contacts: 20 });
  let key: ServerKey;
  let audit: AuditRecord[];
  let bus: ChannelBus;
  const running: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    key = await newServerKey();
  });
  beforeEach(async () => {
    audit = [];
    await org.control.setApp(consumerKey, setUpApp(key));
    bus = new ChannelBus();
    configure({ fin: bus.runtime({ uuid: 'blotter', name: 'blotter' }) });
  });
  afterEach(async () => {
    // The client of an app goes on looking for its provider; this one is done.
    configure({ fin: new ChannelBus().runtime({ uuid: 'nobody', name: 'nobody' }) });
    for (const provider of running.splice(0)) await provider.close();
  });

  const flows: Record<string, () => ServerGrant> = {
    'jwt-bearer': () => jwtBearerGrant({ username: alex.username, privateKey: key.privateKey, audience: org.url }),
    'client-credentials': () => clientCredentialsGrant(secret),
  };

  async function start(serverGrant: ServerGrant, options: object = {}) {
    const configuration = parseSettings(serverConfiguration, {
      orgs: [{ orgUrl: org.url, consumerKey, scopes: ['api'] }],
      extraOrgOrigins: [org.url],
      allowedApps: [{ name: 'Blotter', uuid: 'blotter' }],
      ...options,
    });
    const { InterApplicationBus } = bus.runtime({ uuid: 'provider', name: 'provider' });
    const provider = await provideOn(InterApplicationBus.Channel as unknown as Host['channels'], {
      configuration,
      serverGrant,
      audit: {
        write: (record) => audit.push(record),
        reportCause: (_id, cause) => {
          throw cause;
        },
      },
    });
    running.push(provider);
    return provider;
  }

  it.each(Object.keys(flows))(
    'lets an app read a record by %s, as the user of the service, and asks nobody',
    async (flow) => {
      await start(flows[flow]!());
      const salesforce = await connect();
      expect(salesforce.currentUser).toMatchObject({ Username: alex.username });
      const { data } = await salesforce.executeApiRequest(oneAccount);
      expect(data).toMatchObject({ records: [{ Name: expect.any(String) }] });
      expect((await org.control.counts()).requests).not.toHaveProperty(['GET /services/oauth2/authorize']);
    },
  );

  it('signs in once for all apps, and by itself at its start', async () => {
    await start(flows['client-credentials']!());
    await until(() => audit.some(({ action, outcome }) => action === 'resume' && outcome === 'ok'));
    await Promise.all([connect(), connect(org.url, consumerKey), getConnection()]);
    expect((await org.control.counts()).tokenRequests).toMatchObject({ client_credentials: 1 });
  });

  it('goes on when the tokens have ended', async () => {
    await start(flows['jwt-bearer']!());
    const salesforce = await connect();
    await org.control.expireAccessTokens();
    const answers = await Promise.all([1, 2, 3].map(() => salesforce.executeApiRequest(oneAccount)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('refuses apps that are not listed, by the name that the runtime gives them', async () => {
    await start(flows['client-credentials']!());
    configure({ fin: bus.runtime({ uuid: 'stranger', name: 'blotter' }) });
    await expect(connect()).rejects.toMatchObject({
      code: 'APP_NOT_ALLOWED',
      message: expect.stringContaining('stranger'),
    });
  });

  it('tells an app why it could not sign in, and lets it in once that is put right', async () => {
    await org.control.setApp(consumerKey, { clientCredentialsUser: null });
    await start(flows['client-credentials']!());
    await expect(connect()).rejects.toMatchObject({
      code: 'TOKEN_EXCHANGE_FAILED',
      reason: 'server.noRunAsUser',
      message: expect.stringContaining('Run As'),
    });
    await org.control.setApp(consumerKey, setUpApp(key));
    expect((await connect()).currentUser).toMatchObject({ Username: alex.username });
  });

  it('revokes its session and leaves its channel when it ends', async () => {
    const provider = await start(flows['client-credentials']!());
    await connect();
    await provider.close();
    expect((await org.control.counts()).requests['POST /services/oauth2/revoke']).toBe(1);
    await expect(
      bus
        .runtime({ uuid: 'blotter', name: 'blotter' })
        .InterApplicationBus.Channel.connect(channelName, { wait: false }),
    ).rejects.toThrow('No channel found');
  });

  it('revokes also what it is just signing in to when it ends', async () => {
    await org.control.injectFault({ kind: 'delay', milliseconds: 300 }, { endpoint: 'token', times: 'always' });
    const provider = await start(flows['client-credentials']!());
    await until(async () => (await org.control.counts()).tokenRequests['client_credentials'] === 1);
    await provider.close();
    expect((await org.control.counts()).requests['POST /services/oauth2/revoke']).toBe(1);
  });

  it('writes neither key, secret nor token into the audit trail', async () => {
    await start(flows['client-credentials']!());
    await (await connect()).executeApiRequest(oneAccount);
    const written = JSON.stringify(audit);
    expect(written).toContain('"app":"Blotter"');
    for (const { value } of await org.control.secrets()) expect(written).not.toContain(value);
    expect(written).not.toContain(secret);
  });
});
