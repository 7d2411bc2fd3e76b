/** Reads of what somebody is subscribed to, with what the org has counted. */
import { liveWorker } from '../../support/liveWorker.ts';
import { useOrg } from '../../support/org.ts';
import { obtainTokens } from '../../support/orgBrowser.ts';
import { until } from '../../support/until.ts';
import { must } from '../../support/workerSession.ts';
import { valueOf } from '../../support/askedWorker.ts';
import { record } from './liveDesk.ts';

const idOf = (path: string): string => path.split('/').at(-1)!;

describe('a read of fields that somebody is subscribed to', () => {
  const org = useOrg({ contacts: 60 });

  /** A page that shows a contact, and another app that reads it. */
  async function watched(pipeline: Parameters<typeof liveWorker>[1] = {}) {
    const desk = await liveWorker(org, pipeline);
    const path = desk.contacts[0]!;
    const told = await desk.subscribe(desk.notes, record(idOf(path), ['LastName', 'Phone', 'Account.Name']));
    await until(() => told.states.includes('live'));
    const read = `${path}?fields=LastName,Phone`;
    expect(await desk.blotter.served(read)).toBe('org');
    return { ...desk, path, read, told };
  }

  /** An edit by somebody else, past the provider. */
  async function editElsewhere(path: string, value: object): Promise<void> {
    const { access_token: token } = await obtainTokens(org.url);
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const { status } = await fetch(`${org.url}${path}`, { method: 'PATCH', headers, body: JSON.stringify(value) });
    expect(status).toBe(204);
  }

  it('needs no request of its own for as long as the org confirms them', async () => {
    const { blotter, read, round, told } = await watched();
    for (let rounds = 1; rounds <= 4; rounds += 1) {
      await round();
      await until(() => told.of('unchanged').length >= rounds);
      expect(await blotter.served(read)).toBe('fresh');
    }
  });

  it('is made from the org once the subscription has told of a change', async () => {
    const { blotter, path, read, round, told } = await watched();
    await editElsewhere(path, { Phone: '+41 44 000 00 00' });
    await round();
    await until(() => told.values('Phone').includes('+41 44 000 00 00'));
    const answer = await blotter.get(read);
    expect(answer).toMatchObject({ data: { served: 'org' } });
    expect(valueOf(answer)).toMatchObject({ Phone: '+41 44 000 00 00' });
  });

  it('is made from the org where it reads more than that, or the reader wants its word', async () => {
    const { blotter, path, read, round, told, time } = await watched();
    const others = [path, `${path}?fields=LastName,Email`, `${path}?fields=LastName&x=1`];
    for (const other of others) await blotter.get(other);
    await round();
    await until(() => told.of('unchanged').length > 0);
    for (const other of others) expect(await blotter.served(other)).toBe('org');
    time.pass(1_500);
    expect(await blotter.served(read, { maxAgeMs: 1_000 })).toBe('org');
    time.pass(1_500);
    for (const fromOrg of [{ maxAgeMs: 0 }, { headers: { 'cache-control': 'no-cache' } }])
      expect(await blotter.served(read, fromOrg)).toBe('org');
  });

  it.each([
    ['nobody looks', ({ told }: Watched) => told.look(false)],
    ['nobody is subscribed any more', ({ told }: Watched) => told.end()],
    [
      'something is written through the provider',
      async ({ blotter, contacts }: Watched) => void must((await blotter.patch(contacts[1]!, { Phone: '1' })).outcome),
    ],
  ])('is made from the org as soon as %s', async (_what, happens) => {
    const desk = await watched();
    await desk.round();
    await until(() => desk.told.of('unchanged').length > 0);
    await happens(desk);
    expect(await desk.blotter.served(desk.read)).toBe('org');
  });

  it('is refused with the reason, as any other, while the subscription is paused', async () => {
    const { blotter, read, round, told } = await watched();
    await round();
    await until(() => told.of('unchanged').length > 0);
    await org.control.revokeRefreshTokens();
    await org.control.expireAccessTokens();
    await round();
    await until(() => told.states.includes('paused'));
    expect(await blotter.get(read)).toMatchObject({ ok: false, error: { code: 'SIGN_IN_REQUIRED' } });
  });

  it.each([
    ['that is switched off', { freshWhileWatched: false }],
    ['copies are switched off', { freshness: false }],
    ['no copy of a record counts as fresh', { freshForMs: { records: 0 } }],
  ])('is made from the org where %s', async (_how, pipeline) => {
    const { blotter, read, round, told } = await watched(pipeline);
    await round();
    await until(() => told.of('unchanged').length > 0);
    expect(await blotter.served(read)).toBe('org');
  });

  type Watched = Awaited<ReturnType<typeof watched>>;
});
