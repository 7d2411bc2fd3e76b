/** Records that apps have subscribed to. */
import { useOrg } from '../../support/org.ts';
import { liveWorker } from '../../support/liveWorker.ts';
import { until } from '../../support/until.ts';
import { must } from '../../support/workerSession.ts';

const contact = (path: string) => ({
  kind: 'record' as const,
  sObject: 'Contact',
  id: path.split('/').at(-1)!,
  fields: ['LastName'],
});

describe('a record that is subscribed to', () => {
  const org = useOrg({ contacts: 60 });

  it('is told as it is, and again when an app has written it, without waiting for a round', async () => {
    const { subscribe, blotter, notes, contacts, time } = await liveWorker(org);
    const [path] = contacts as [string];
    const told = await subscribe(blotter, contact(path));
    await until(() => told.states.includes('live'));
    expect(told.of('rows')).toMatchObject([{ isWhole: false, gone: [] }]);
    must((await notes.patch(path, { LastName: 'Written by Notes' })).outcome);
    await until(() => time.nextAt() !== undefined);
    time.pass(50);
    await until(() => told.values('LastName').includes('Written by Notes'));
    expect(told.states).toEqual(['live']);
  });

  it('is one request a round, whoever has subscribed to it', async () => {
    const { subscribe, app, contacts, asked, round } = await liveWorker(org);
    const [path] = contacts as [string];
    const all: Awaited<ReturnType<typeof subscribe>>[] = [];
    for (let n = 0; n < 20; n += 1) all.push(await subscribe(app(`App ${n}`), contact(path)));
    await until(() => all.every(({ states }) => states.includes('live')));
    for (let n = 0; n < 10; n += 1) await round();
    expect(Object.values(await asked()).reduce((sum, count) => sum + count)).toBe(11);
    for (const { news } of all) expect(news.filter(({ kind }) => kind === 'unchanged')).toHaveLength(10);
  });
});
