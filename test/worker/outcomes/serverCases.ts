import { confidentialApp } from '../../../sandbox/org/oauth/defaultClients.ts';
import type { OutcomeRow } from '../../../src/outcomes/outcomes.ts';
import { clientCredentialsGrant, jwtBearerGrant, type ServerGrant } from '../../../src/worker/serverGrant.ts';
import { alex, morgan } from '../../support/orgBrowser.ts';
import { newServerKey, setUpApp } from '../../support/serverFlows.ts';
import { get, must } from '../../support/workerSession.ts';
import { expectRow, type CasesOf } from './rows.ts';
import { cure, Scene, type Trouble } from './scene.ts';

const { consumerKey, secret } = confidentialApp;
const limits = get('/services/data/v66.0/limits');
const [own, foreign] = [await newServerKey(), await newServerKey()];

const jwt = (options: Partial<Parameters<typeof jwtBearerGrant>[0]> = {}): ServerGrant =>
  jwtBearerGrant({
    username: alex.username,
    privateKey: own.privateKey,
    audience: 'https://login.salesforce.com',
    ...options,
  });
const credentials = (clientSecret: string = secret): ServerGrant => clientCredentialsGrant(clientSecret);

export type ServerTrouble = Trouble & {
  /** The flow as it is set up rightly, and wrongly where that is the trouble. */
  flow?: () => ServerGrant;
  wrongFlow?: () => ServerGrant;
};

const app = (changes: Parameters<Scene['org']['control']['setApp']>[1]) => (scene: Scene) =>
  scene.org.control.setApp(consumerKey, changes);
const user = (changes: Parameters<Scene['org']['control']['setUser']>[1]) => (scene: Scene) =>
  scene.org.control.setUser(alex.username, changes);
const json = (body: object) => (scene: Scene) =>
  scene.meet({ kind: 'answer', status: 400, body: JSON.stringify(body) }, { endpoint: 'token' });
const nothing = () => undefined;
const anHourMs = 3_600_000;

export const serverCases: CasesOf<'server', ServerTrouble> = {
  'server.userInactive': [
    { when: 'frozen', cause: user({ frozen: true }), cure: user({ frozen: false }) },
    {
      when: 'inactive, client credentials',
      flow: credentials,
      cause: user({ active: false }),
      cure: user({ active: true }),
    },
  ],
  'server.placeOrTime': [{ cause: user({ ipRestricted: true }), cure: user({ ipRestricted: false }) }],
  'server.userUnknown': [{ wrongFlow: () => jwt({ username: 'nobody@northbridge.example' }), cause: nothing }],
  'server.userNotApproved': [
    {
      when: 'another is',
      cause: app({ approvedUsernames: [morgan.username] }),
      cure: app({ approvedUsernames: [alex.username] }),
    },
    { when: 'nobody is', cause: app({ adminApprovedOnly: false }), cure: app({ adminApprovedOnly: true }) },
  ],
  'server.noRunAsUser': [
    {
      flow: credentials,
      cause: app({ clientCredentialsUser: null }),
      cure: app({ clientCredentialsUser: alex.username }),
    },
  ],
  'server.sharedHost': [
    {
      flow: credentials,
      cause: json({ error: 'invalid_grant', error_description: 'request not supported on this domain' }),
    },
  ],
  'server.audienceRefused': [{ wrongFlow: () => jwt({ audience: 'https://other.my.salesforce.com' }), cause: nothing }],
  'server.assertionRefused': [
    { when: 'another key', wrongFlow: () => jwt({ privateKey: foreign.privateKey }), cause: nothing },
    { when: 'no certificate', cause: app({ certificate: null }), cure: app({ certificate: own.certificate }) },
    {
      when: 'wrong clock',
      org: { dpop: 'off' },
      cause: (scene) => scene.org.control.moveClock(anHourMs),
      cure: (scene) => scene.org.control.moveClock(-anHourMs),
    },
  ],
  'server.secretRefused': [{ flow: credentials, wrongFlow: () => credentials('guess'), cause: nothing }],
  'server.appNotInstalled': [
    { cause: app({ installed: false }), cure: app({ installed: true }) },
    { when: 'client credentials', flow: credentials, cause: app({ installed: false }), cure: app({ installed: true }) },
  ],
  'server.appBlocked': [{ cause: app({ blocked: true }), cure: app({ blocked: false }) }],
  'server.flowNotEnabled': [
    { cause: json({ error: 'unsupported_grant_type', error_description: 'grant type not supported' }) },
  ],
  'server.tooMany': [{ cause: (scene) => scene.meet({ kind: 'rate-limit' }, { endpoint: 'token' }) }],
  'server.orgFailed': [{ cause: json({ error: 'unknown_error', error_description: 'retry your request' }) }],
  'server.refused': [{ cause: json({ error: 'invalid_request', error_description: 'must supply something' }) }],
};

/** Nothing is signed in; a session that was there is kept, and goes on by itself once the trouble is over. */
export async function judgeServer(before: Scene, trouble: ServerTrouble, row: OutcomeRow): Promise<void> {
  const { flow = jwt, wrongFlow } = trouble;
  const { org } = before;
  await org.control.setApp(consumerKey, setUpApp(own));
  let grant = flow();
  const serverGrant: ServerGrant = { authentication: grant.authentication!, ask: (...asked) => grant.ask(...asked) };
  const scene = await Scene.set(org, {
    ...trouble,
    org: { consumerKey, ...trouble.org },
    environment: { serverGrant },
  });
  const signIn = () => scene.worker.signInAsServer({ orgUrl: org.url, consumerKey, scopes: ['api'] });
  const { sessionId } = must(await signIn());

  await trouble.cause(scene);
  if (wrongFlow) grant = wrongFlow();
  expectRow(await signIn(), row);
  await org.control.expireAccessTokens();
  expectRow(await scene.worker.request(sessionId, limits), row);
  expect(scene.lost).toEqual([]);

  grant = flow();
  await cure(scene, trouble);
  must(await scene.worker.request(sessionId, limits));
  must(await signIn());
}
