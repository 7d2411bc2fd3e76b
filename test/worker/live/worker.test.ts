/** Live data through the token worker, with an org over HTTP, its tokens and its sessions. */
import { alex } from '../../support/orgBrowser.ts';
import { liveWorker } from '../../support/liveWorker.ts';
import { useOrg } from '../../support/org.ts';
import { until } from '../../support/until.ts';
import { must } from '../../support/workerSession.ts';
import { record } from './liveDesk.ts';

const idOf = (path: string): string => path.split('/').at(-1)!;

describe('live data of the token worker', () => {
  const org = useOrg({ contacts: 60 });

  it('is told to the callers that have subscribed, and an edit of one to the others at once', async () => {
    const { subscribe, blotter, notes, contacts } = await liveWorker(org);
    const [path] = contacts as [string];
    const told = await subscribe(blotter, record(idOf(path)));
    await until(() => told.states.includes('live'));
    must((await notes.patch(path, { LastName: 'Written by Notes' })).outcome);
    await until(() => told.values('LastName').includes('Written by Notes'));
    expect(told.states).toEqual(['live']);
  });

  it('goes on when the access token has expired, without a word', async () => {
    const { subscribe, blotter, contacts, round } = await liveWorker(org);
    const told = await subscribe(blotter, record(idOf(contacts[0]!)));
    await until(() => told.states.includes('live'));
    await org.control.expireAccessTokens();
    await round();
    await until(() => told.of('unchanged').length > 0);
    expect(told.states).toEqual(['live']);
  });

  it('is paused once the org has ended the grant, and signed out with the session', async () => {
    const { worker, sessionId, subscribe, blotter, contacts, round } = await liveWorker(org);
    const told = await subscribe(blotter, record(idOf(contacts[0]!)));
    await until(() => told.states.includes('live'));
    await org.control.revokeRefreshTokens();
    await org.control.expireAccessTokens();
    await round();
    await until(() => told.states.includes('paused'));
    await worker.endSession(sessionId);
    expect(told.states).toEqual(['live', 'paused', 'signedOut']);
  });

  it('ends for a caller that ceases to use the session, and for no other', async () => {
    const { worker, sessionId, subscribe, blotter, notes, contacts, round } = await liveWorker(org);
    const [one, other] = [
      await subscribe(blotter, record(idOf(contacts[0]!))),
      await subscribe(notes, record(idOf(contacts[0]!))),
    ];
    await until(() => one.states.includes('live') && other.states.includes('live'));
    await worker.withdrawSession(blotter.caller.id, sessionId);
    await worker.dismissCaller('somebody else');
    const { length } = one.news;
    await round();
    await until(() => other.of('unchanged').length > 0);
    expect(one.states).toEqual(['live', 'signedOut']);
    expect(one.news).toHaveLength(length);
  });

  it('is not told to a caller of another session, whatever it asks for', async () => {
    const { worker, sessionId, signIn, contacts } = await liveWorker(org);
    const other = (await signIn(alex)).app('Blotter');
    const asked = { subscriptionId: 's', sessionId, target: record(idOf(contacts[0]!)), isLookedAt: true };
    expect(await worker.subscribe(other.caller, asked)).toMatchObject({ ok: false, error: { code: 'SESSION_ENDED' } });
  });
});
