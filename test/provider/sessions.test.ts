import { jest } from '@jest/globals';
import type { StateEvent } from '../../src/channel/protocol.ts';
import type { Caller } from '../../src/provider/accessPolicy.ts';
import { failure } from '../../src/outcomes/failure.ts';
import type { WantedSession } from '../../src/provider/liveSession.ts';
import { Sessions } from '../../src/provider/sessions.ts';

const org = { orgUrl: 'https://acme.my.salesforce.com', consumerKey: 'key' };
const kept = (
  sessionId: string,
  scopes = ['api', 'refresh_token'],
  more: { owner?: string; userId?: string } = {},
) => ({
  details: { sessionId, ...org, scopes, currentUser: { Name: 'Morgan Reed' } },
  userId: '005MORGAN',
  organizationId: '00D',
  owner: '',
  ...more,
});
const wish = (more: Partial<WantedSession> = {}): WantedSession => ({ ...org, scopes: ['api'], owner: '', ...more });
const revoked = failure('SIGN_IN_REQUIRED', 'Your Salesforce session has expired. Please sign in again.', {
  reason: 'refresh.refused',
}).error;
const app = (id: string): Caller => ({
  id,
  keepsSession: true,
  app: { name: id, origin: `https://${id}.example`, role: 'app', scopes: [] },
});
const passing = (id: string): Caller => ({ ...app(id), keepsSession: false });

function setUp(lingerMs = 1_000) {
  const states: StateEvent[] = [];
  const ended: string[] = [];
  const left: string[] = [];
  const sessions = new Sessions({
    lingerMs,
    onState: (event) => states.push(event),
    onPersonLeft: () => left.push('left'),
    onEnd: async (id) => ended.push(id),
  });
  return { sessions, states, ended, left };
}

describe("the provider's sessions", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('serves a session to whoever asks for no more than its scopes', () => {
    const { sessions } = setUp();
    sessions.add(kept('s1'));
    expect(sessions.find(wish({ scopes: ['api'] }))?.sessionId).toBe('s1');
    expect(sessions.find(wish({ scopes: ['api', 'web'] }))).toBeUndefined();
    expect(sessions.find(wish({ consumerKey: 'other key' }))).toBeUndefined();
    expect(sessions.find(wish({ orgUrl: 'https://other.my.salesforce.com' }))).toBeUndefined();
  });

  it('keeps the session while another app uses it, and a while after the last one out', async () => {
    const { sessions, states, ended } = setUp();
    sessions.add(kept('s1'));
    sessions.use('s1', app('a'));
    sessions.use('s1', app('b'));
    sessions.leave('s1', app('a'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(ended).toEqual([]);
    expect(sessions.isUsedBy('s1', app('a'))).toBe(false);
    sessions.leave('s1', app('b'));
    await jest.advanceTimersByTimeAsync(999);
    expect(ended).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(ended).toEqual(['s1']);
    expect(states.map(({ state }) => state)).toEqual(['signedIn', 'signedOut']);
  });

  it('is not kept alive by the platform page or an intent', async () => {
    const { sessions, ended } = setUp();
    sessions.add(kept('s1'));
    sessions.use('s1', passing('platform'));
    sessions.use('s1', app('a'));
    sessions.leave('s1', app('a'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(ended).toEqual(['s1']);
  });

  it('does not keep a session that no app has ever used, such as one that came back at start', async () => {
    const { sessions, ended } = setUp();
    sessions.add(kept('s1'));
    await jest.advanceTimersByTimeAsync(59_000);
    expect(ended).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(ended).toEqual(['s1']);
  });

  it("keeps an app's own session from all others", () => {
    const { sessions } = setUp();
    sessions.add(kept('shared'));
    sessions.add(kept('own', ['api'], { owner: 'Blotter', userId: '005ALEX' }));
    expect(sessions.find(wish())?.sessionId).toBe('shared');
    expect(sessions.find(wish({ owner: 'Blotter' }))?.sessionId).toBe('own');
    expect(sessions.find(wish({ owner: 'Notes' }))).toBeUndefined();
  });

  it('asks for the scopes that connected apps hold besides the new ones, and joins the wider grant of the same user', () => {
    const { sessions } = setUp();
    sessions.add(kept('s1'));
    expect(sessions.scopesWith(wish({ scopes: ['api', 'web'] })).sort()).toEqual(['api', 'refresh_token', 'web']);
    const wider = kept('s2', ['api', 'refresh_token', 'web']);
    expect(sessions.sameGrant(wider)).toBe('s1');
    expect(sessions.sameGrant({ ...wider, userId: '005ALEX' })).toBeUndefined();
    expect(sessions.sameGrant({ ...wider, organizationId: '00DOTHER' })).toBeUndefined();
    sessions.widened('s1', { ...wider.details, sessionId: 's1' });
    expect(sessions.find(wish({ scopes: ['web'] }))?.sessionId).toBe('s1');
  });

  it('lingers for an app that reloads, and ends when nobody comes back', async () => {
    const { sessions, ended } = setUp();
    sessions.add(kept('s1'));
    sessions.use('s1', app('a'));
    sessions.callerGone('a');
    jest.advanceTimersByTime(999);
    sessions.use('s1', app('a2'));
    jest.advanceTimersByTime(10_000);
    expect(ended).toEqual([]);
    sessions.callerGone('a2');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(ended).toEqual(['s1']);
  });

  it('tells a lost session once and no longer hands it out', () => {
    const { sessions, states } = setUp();
    sessions.add(kept('s1'));
    sessions.lost('s1', revoked);
    sessions.lost('s1', revoked);
    expect(states.map(({ state }) => state)).toEqual(['signedIn', 'signInRequired']);
    expect(sessions.find(wish({ scopes: ['api'] }))).toBeUndefined();
    expect(sessions.list()).toMatchObject([{ state: 'signInRequired', userName: 'Morgan Reed' }]);
  });

  it('notices who leaves: at sign-out, and when another person takes over the shared session', async () => {
    const { sessions, left } = setUp();
    sessions.add(kept('s1'));
    sessions.lost('s1', revoked);
    await sessions.endLost(kept('s2'));
    sessions.add(kept('s2'));
    sessions.add(kept('own', ['api'], { owner: 'Notes', userId: '005ALEX' }));
    expect(left).toEqual([]);
    await sessions.endLost(kept('s3'));
    sessions.add(kept('s3', ['api'], { userId: '005ALEX' }));
    expect(left).toEqual(['left']);
    await sessions.endAll();
    sessions.add(kept('s4'));
    expect(left).toEqual(['left', 'left']);
  });

  it('signs out for all', async () => {
    const { sessions, ended } = setUp();
    sessions.add(kept('s1'));
    sessions.add(kept('s2', ['api', 'web']));
    await sessions.endAll();
    expect(ended.sort()).toEqual(['s1', 's2']);
    expect(sessions.list()).toEqual([]);
  });
});
