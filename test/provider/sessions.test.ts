import { jest } from '@jest/globals';
import type { StateEvent } from '../../src/channel/protocol.ts';
import type { Caller } from '../../src/provider/accessPolicy.ts';
import { createSessions } from '../../src/provider/sessions.ts';

const details = (sessionId: string, scopes = ['api', 'refresh_token']) => ({
  sessionId, orgUrl: 'https://acme.my.salesforce.com', consumerKey: 'key', scopes, currentUser: { Name: 'Morgan Reed' },
});
const app = (id: string): Caller => ({ id, keepsSession: true, app: { name: id, origin: `https://${id}.example`, role: 'app' } });
const passing = (id: string): Caller => ({ ...app(id), keepsSession: false });

function setUp(lingerMs = 1_000) {
  const states: StateEvent[] = [];
  const ended: string[] = [];
  const sessions = createSessions({ lingerMs, onState: (event) => states.push(event), onEnd: async (id) => ended.push(id) });
  return { sessions, states, ended };
}

describe('createSessions', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('serves a session to whoever asks for no more than its scopes', () => {
    const { sessions } = setUp();
    sessions.add(details('s1'));
    expect(sessions.find('https://acme.my.salesforce.com', 'key', ['api'])?.sessionId).toBe('s1');
    expect(sessions.find('https://acme.my.salesforce.com', 'key', ['api', 'web'])).toBeUndefined();
    expect(sessions.find('https://acme.my.salesforce.com', 'other key', ['api'])).toBeUndefined();
    expect(sessions.find('https://other.my.salesforce.com', 'key', ['api'])).toBeUndefined();
  });

  it('keeps the session while another app uses it, and ends it with the last one out', async () => {
    const { sessions, states, ended } = setUp();
    sessions.add(details('s1'));
    sessions.use('s1', app('a'));
    sessions.use('s1', app('b'));
    await sessions.leave('s1', app('a'));
    expect(ended).toEqual([]);
    expect(sessions.isUsedBy('s1', app('a'))).toBe(false);
    await sessions.leave('s1', app('b'));
    expect(ended).toEqual(['s1']);
    expect(states.map(({ state }) => state)).toEqual(['signedIn', 'signedOut']);
  });

  it('is not kept alive by the platform page or an intent', async () => {
    const { sessions, ended } = setUp();
    sessions.add(details('s1'));
    sessions.use('s1', passing('platform'));
    sessions.use('s1', app('a'));
    await sessions.leave('s1', app('a'));
    expect(ended).toEqual(['s1']);
  });

  it('lingers for an app that reloads, and ends when nobody comes back', async () => {
    const { sessions, ended } = setUp();
    sessions.add(details('s1'));
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
    sessions.add(details('s1'));
    sessions.lost('s1');
    sessions.lost('s1');
    expect(states.map(({ state }) => state)).toEqual(['signedIn', 'signInRequired']);
    expect(sessions.find('https://acme.my.salesforce.com', 'key', ['api'])).toBeUndefined();
    expect(sessions.list()).toMatchObject([{ state: 'signInRequired', userName: 'Morgan Reed' }]);
  });

  it('signs out for all', async () => {
    const { sessions, ended } = setUp();
    sessions.add(details('s1'));
    sessions.add(details('s2', ['api', 'web']));
    await sessions.endAll();
    expect(ended.sort()).toEqual(['s1', 's2']);
    expect(sessions.list()).toEqual([]);
  });
});
