import type { SessionDetails } from '../../src/channel/protocol.ts';
import { deferred } from '../../src/deferred.ts';
import { startProviderDesk } from '../support/runningProvider.ts';
import { until } from '../support/until.ts';
import { useProviderOrg } from '../support/useProviderOrg.ts';
import { must } from '../support/workerSession.ts';

describe('the windows of sign-ins', () => {
  const { org, request, connect } = useProviderOrg();

  it('keep no app waiting while they close, but the next window', async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    const closing = deferred<void>();
    desk.closing = closing.promise;
    must(await connect(blotter));
    const next = notes.ask<SessionDetails>('connect', { ...request(), ownSession: true });
    must(await notes.ask('states'));
    expect([desk.windows.length, desk.closed.length]).toEqual([1, 1]);
    closing.resolve();
    must(await next);
    expect(desk.windows).toHaveLength(2);
  });

  it('do not keep the next one waiting where the desktop fails to close them', async () => {
    const { app, desk } = await startProviderDesk(org.url);
    const [blotter, notes] = [await app('blotter'), await app('notes')];
    desk.closing = Promise.reject(new Error('The window cannot be closed.'));
    desk.closing.catch(() => undefined);
    must(await connect(blotter));
    must(await notes.ask<SessionDetails>('connect', { ...request(), ownSession: true }));
    await until(() => desk.windows.length === 2);
  });
});
