import type { Context, DesktopAgent } from '@finos/fdc3';
import type { ContextSharing } from '../../src/channel/protocol.ts';
import { ChannelSharing, type SharingState } from '../../src/record-view/channelSharing.ts';
import type { RecordPage } from '../../src/record-view/recordPage.ts';
import { until } from '../support/until.ts';
import { openUserChannels, type Habits } from './userChannels.ts';

const records: Record<string, { type: string; name: string; emails: string[] }> = {
  '003000000000001AAA': { type: 'Contact', name: 'Ada Lovelace', emails: ['ada@engines.example'] },
  '003000000000002AAA': { type: 'Contact', name: 'Charles Babbage', emails: [] },
  '001000000000001AAA': { type: 'Account', name: 'Analytical Engines', emails: ['office@engines.example'] },
  '006000000000001AAA': { type: 'Opportunity', name: 'Second order', emails: [] },
};
const [ada, charles, engines, order] = Object.keys(records) as [string, string, string, string];
const pageOf = (id: string): RecordPage => {
  const { type, name, emails } = records[id]!;
  const ways = { phones: [], emails: emails.map((value) => ({ label: 'Email', value })), doNotCall: false };
  return { type, id, name, link: `https://acme.lightning.force.com/lightning/r/${type}/${id}/view`, ways } as never;
};
const contact = (members: object): Context => ({ type: 'fdc3.contact', id: {}, ...members });
/** Which record an org with these knows by what a context says. */
const findIn = async ({ id = {}, name }: Context): Promise<{ type: string; id: string } | null> => {
  const known = Object.values(id as Record<string, string>).find((value) => value in records);
  const [of] = Object.entries(records).find(([key, record]) => key === known || record.name === name) ?? [];
  return of === undefined ? null : { type: records[of]!.type, id: of };
};

/** A record view on the desktop of this agent, with what its person sees. */
function openView(agent: DesktopAgent | undefined, settings: Partial<ContextSharing> = {}) {
  const shown: string[] = [];
  const view = {
    shown,
    state: undefined as SharingState | undefined,
    may: 'yes' as 'yes' | 'unsaved' | 'no',
    find: findIn,
    sharing: undefined as unknown as ChannelSharing,
    open(id: string) {
      shown.push(id);
      view.sharing.shows(pageOf(id));
    },
    begin: () => view.sharing.begin({ userChannel: 'green', broadcasts: true, follows: true, ...settings }),
  };
  view.sharing = new ChannelSharing({
    agent: async () => agent,
    draw: (state) => (view.state = state),
    find: (context) => view.find(context),
    mayShow: () => view.may,
    show: ({ id }) => view.open(id),
  });
  return view;
}
type View = ReturnType<typeof openView>;
const turns = async (count = 10) => {
  for (let at = 0; at < count; at += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

async function begun(id: string, ...of: Parameters<typeof openView>): Promise<View> {
  const view = openView(...of);
  view.open(id);
  await view.begin();
  await turns();
  return view;
}

const desktops: [string, Habits][] = [
  ['that keeps broadcasts from their sender', { namesSource: true }],
  ['that tells senders of their own, and who it was', { echoes: true, namesSource: true }],
  ['that tells senders of their own, and not who it was', { echoes: true }],
  ['that tells newcomers late what was shared before', { echoes: true, isLate: true }],
];

describe.each(desktops)('a record view on a desktop %s', (_which, habits) => {
  it('tells the other apps which record the person opens, by no more than finds it again', async () => {
    const { agent, broadcasts } = openUserChannels(habits);
    const view = await begun(ada, agent());
    view.open(engines);
    await until(() => broadcasts.length === 4);
    view.open(order);
    await until(() => broadcasts.length === 5);
    const link = (type: string, id: string) => `https://acme.lightning.force.com/lightning/r/${type}/${id}/view`;
    expect(broadcasts).toEqual([
      {
        type: 'salesforce.record',
        name: 'Ada Lovelace',
        objectType: 'Contact',
        id: { SALESFORCE_ID: ada, URI: link('Contact', ada) },
      },
      contact({
        name: 'Ada Lovelace',
        id: { email: 'ada@engines.example', SALESFORCE: ada, URI: link('Contact', ada) },
      }),
      expect.objectContaining({ type: 'salesforce.record', name: 'Analytical Engines' }),
      {
        type: 'fdc3.organization',
        name: 'Analytical Engines',
        id: { SALESFORCE: engines, URI: link('Account', engines) },
      },
      expect.objectContaining({ type: 'salesforce.record', objectType: 'Opportunity' }),
    ]);
    await turns();
    expect(view.shown).toEqual([ada, engines, order]);
  });

  it('shows what another app shares, once, and does not say it again', async () => {
    const { agent, broadcasts } = openUserChannels(habits);
    const other = agent();
    await other.joinUserChannel('green');
    const view = await begun(ada, agent());
    const before = broadcasts.length;
    await other.broadcast(contact({ name: 'Charles Babbage', id: { email: 'charles@engines.example' } }));
    await until(() => view.shown.length === 2);
    await other.broadcast({ type: 'salesforce.record', id: { SALESFORCE_ID: charles } });
    await turns();
    expect(view.shown).toEqual([ada, charles]);
    expect(broadcasts).toHaveLength(before + 2);
    // What the person opens then is said, also what was shown before.
    view.open(ada);
    await until(() => broadcasts.length === before + 4);
    expect(broadcasts.at(-1)).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('comes to rest with another that follows it, whoever begins', async () => {
    const { agent, broadcasts } = openUserChannels(habits);
    const [one, two] = [await begun(ada, agent()), await begun(charles, agent())];
    expect([one.shown.at(-1), two.shown.at(-1)]).toEqual([charles, charles]);
    one.open(engines);
    await until(() => two.shown.at(-1) === engines);
    two.open(order);
    await until(() => one.shown.at(-1) === order);
    const said = broadcasts.length;
    await turns(50);
    expect([one.shown.at(-1), two.shown.at(-1)]).toEqual([order, order]);
    expect(broadcasts).toHaveLength(said);
    expect(said).toBe(2 + 2 + 2 + 1);
  });

  it('stays with the record it was opened for, whatever was shared before, also when it is put on a channel', async () => {
    const { agent } = openUserChannels(habits);
    const other = agent();
    for (const channel of ['green', 'purple']) {
      await other.joinUserChannel(channel);
      await other.broadcast(contact({ name: 'Charles Babbage' }));
      await other.broadcast({ type: 'fdc3.organization', name: 'Analytical Engines', id: {} });
    }
    const view = await begun(ada, agent());
    await view.sharing.join('purple');
    await turns();
    expect(view.shown).toEqual([ada]);
    expect(view.state).toMatchObject({ current: 'purple', note: undefined });
    await other.broadcast(contact({ name: 'Charles Babbage', id: { email: 'new' } }));
    await until(() => view.shown.at(-1) === charles);
  });

  it('neither says nor shows anything on no channel', async () => {
    const { agent, broadcasts } = openUserChannels(habits);
    const other = agent();
    await other.joinUserChannel('green');
    const view = await begun(ada, agent(), { userChannel: undefined });
    await other.broadcast(contact({ name: 'Charles Babbage' }));
    await turns();
    expect(view.shown).toEqual([ada]);
    expect(broadcasts).toHaveLength(1);
    await view.sharing.join('green');
    expect(broadcasts).toHaveLength(3);
    await view.sharing.join(undefined);
    view.open(engines);
    await turns();
    expect(broadcasts).toHaveLength(3);
    expect(view.state).toMatchObject({ current: undefined });
  });
});

describe('a record view that may follow a channel', () => {
  async function withOther(settings: Partial<ContextSharing> = {}) {
    const { agent, broadcasts } = openUserChannels({ namesSource: true });
    const other = agent();
    await other.joinUserChannel('green');
    const view = await begun(ada, agent(), settings);
    const share = async (context: Context) => {
      await other.broadcast(context);
      await turns();
    };
    return { view, share, broadcasts };
  }

  it('does not, unless the configuration or the person says so', async () => {
    const { view, share } = await withOther({ follows: false });
    expect(view.state).toMatchObject({ follows: false, channels: [{ id: 'green', name: 'green' }, { id: 'purple' }] });
    await share(contact({ name: 'Charles Babbage' }));
    expect(view.shown).toEqual([ada]);
    view.sharing.follow(true);
    await turns();
    expect(view.shown).toEqual([ada]);
    await share(contact({ name: 'Analytical Engines' }));
    expect(view.shown).toEqual([ada, engines]);
  });

  it('drops nothing that is not saved, and says that it has not followed', async () => {
    const { view, share } = await withOther();
    view.may = 'unsaved';
    await share(contact({ name: 'Charles\u202e Babbage' }));
    expect(view.shown).toEqual([ada]);
    expect(view.state?.note).toBe('“Charles Babbage” was shared. It is not shown while something here is not saved.');
    view.may = 'yes';
    let answer: () => void = () => undefined;
    view.find = (context) => new Promise((resolve) => (answer = () => resolve(findIn(context))));
    await share(contact({ name: 'Charles Babbage' }));
    // Somebody begins to type while it is looked for.
    view.may = 'unsaved';
    answer();
    await turns();
    expect(view.shown).toEqual([ada]);
  });

  it('says where it is not certain which record is meant, and shows none', async () => {
    const { view, share } = await withOther();
    await share(contact({ name: 'Smith' }));
    expect(view.shown).toEqual([ada]);
    expect(view.state?.note).toBe('“Smith” was shared. Which record that is, is not certain.');
    await share(contact({ name: 'Charles Babbage' }));
    expect(view.state?.note).toBeUndefined();
  });

  it('goes by the last of what is shared, and not by what the person has opened in the meantime', async () => {
    const { view, share } = await withOther();
    const answers: (() => void)[] = [];
    view.find = (context) => new Promise((resolve) => answers.push(() => resolve(findIn(context))));
    await share(contact({ name: 'Charles Babbage' }));
    await share({ type: 'fdc3.organization', name: 'Analytical Engines', id: {} });
    answers[1]!();
    answers[0]!();
    await turns();
    expect(view.shown).toEqual([ada, engines]);
    await share(contact({ name: 'Charles Babbage' }));
    view.open(order);
    answers[2]!();
    await turns();
    expect(view.shown).toEqual([ada, engines, order]);
  });

  it('forgets with the person who leaves what it was about to show and to say', async () => {
    const { view, share, broadcasts } = await withOther();
    await share(contact({ name: 'Smith' }));
    let answer: () => void = () => undefined;
    view.find = (context) => new Promise((resolve) => (answer = () => resolve(findIn(context))));
    await share(contact({ name: 'Charles Babbage' }));
    const said = broadcasts.length;
    view.sharing.leave();
    expect(view.state).toBeUndefined();
    answer();
    await turns();
    await share(contact({ name: 'Charles Babbage' }));
    expect(view.shown).toEqual([ada]);
    expect(broadcasts).toHaveLength(said + 1);
  });

  it('says nothing where the configuration wants that, and follows all the same', async () => {
    const { view, share, broadcasts } = await withOther({ broadcasts: false });
    expect(broadcasts).toEqual([]);
    await share(contact({ name: 'Charles Babbage' }));
    expect(view.shown).toEqual([ada, charles]);
    view.open(engines);
    await turns();
    expect(broadcasts).toHaveLength(1);
  });

  it('shows its record where the desktop has no agent, no user channels, or refuses them', async () => {
    const refusing = { getInfo: async () => Promise.reject(new Error('AccessDenied')) } as unknown as DesktopAgent;
    for (const agent of [undefined, refusing]) {
      const view = await begun(ada, agent);
      expect(view.shown).toEqual([ada]);
      expect(view.state).toBeUndefined();
    }
  });
});
