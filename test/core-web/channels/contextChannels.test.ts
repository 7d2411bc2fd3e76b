import { AppInstances, type AppInstance } from '../../../src/core-web/appInstances.ts';
import { ContextChannels } from '../../../src/core-web/channels/contextChannels.ts';
import { UserChannels } from '../../../src/core-web/channels/userChannels.ts';
import { recordingEnd, recordOf } from '../apps.ts';

function desktop() {
  const instances = new AppInstances();
  const told: string[] = [];
  const channels = new ContextChannels({ userChannels: new UserChannels() });
  const join = (appId: string): AppInstance => {
    const { end } = recordingEnd();
    const tell = () => void told.push(appId);
    return instances.add(recordOf(appId), { ...end, hearContext: tell, hearChannelEvent: tell });
  };
  return { channels, told, join };
}
const contact = { type: 'fdc3.contact', name: 'C' };

describe('an app channel', () => {
  it('forgets what was shared when the person leaves', () => {
    const { channels, join } = desktop();
    const app = join('one');
    channels.open('a', app);
    channels.broadcast('a', contact, app);
    expect(channels.current('a', null, app)).toEqual(contact);
    channels.forget();
    expect(channels.current('a', null, app)).toBeNull();
    expect(channels.current('a', 'fdc3.contact', app)).toBeNull();
  });

  it('is not there before somebody has asked for it', () => {
    const { channels, join } = desktop();
    expect(() => channels.broadcast('a', contact, join('one'))).toThrow('NoChannelFound');
  });

  it('keeps no listener of an app that has gone', () => {
    const { channels, told, join } = desktop();
    const [one, other] = [join('one'), join('other')];
    channels.open('a', one);
    channels.addListener('a', { listenerId: 'l', instance: other, contextType: null });
    channels.gone(other);
    channels.broadcast('a', contact, one);
    expect(told).toEqual([]);
  });

  it('takes a listener of each app, though they have chosen one id', () => {
    const { channels, told, join } = desktop();
    const [one, other, third] = [join('one'), join('other'), join('third')];
    channels.open('a', one);
    for (const instance of [other, third]) channels.addListener('a', { listenerId: 'l', instance, contextType: null });
    channels.removeListener('a', 'l', third);
    channels.broadcast('a', contact, one);
    expect(told).toEqual(['other']);
  });

  it('tells an app once, with all of its listeners that a context is for', () => {
    const { channels } = desktop();
    const instances = new AppInstances();
    const { end, told } = recordingEnd();
    const [one, other] = [instances.add(recordOf('one'), recordingEnd().end), instances.add(recordOf('other'), end)];
    channels.open('a', one);
    for (const [listenerId, contextType] of [
      ['all', null],
      ['contacts', 'fdc3.contact'],
      ['charts', 'fdc3.chart'],
    ] as const)
      channels.addListener('a', { listenerId, instance: other, contextType });
    channels.broadcast('a', contact, one);
    expect(told).toEqual([
      {
        what: 'context',
        message: {
          channelId: 'a',
          listenerIds: ['all', 'contacts'],
          context: contact,
          source: { appId: 'one', instanceId: one.instanceId },
        },
      },
    ]);
  });

  it('leaves room for others: one app has a share of channels and of listeners', () => {
    const { channels, join } = desktop();
    const [flood, other] = [join('flood'), join('other')];
    const many = (work: (index: number) => void) => () => {
      for (let index = 0; index < 1_000; index += 1) work(index);
    };
    expect(many((index) => channels.open(`flood ${index}`, flood))).toThrow(/app channels already/);
    // A page that is loaded again is the same app.
    expect(() => channels.open('one more', join('flood'))).toThrow(/app channels already/);
    expect(channels.open('another', other)).toBe('app');
    expect(channels.open('flood 0', other)).toBe('app');
    expect(
      many((index) => channels.addListener('another', { listenerId: `${index}`, instance: flood, contextType: null })),
    ).toThrow(/channel listeners already/);
    expect(many(() => channels.createPrivate(flood))).toThrow(/private channels already/);
    expect(channels.createPrivate(other)).not.toBe('');
  });
});

describe('a private channel', () => {
  it('has two ends: the app that made it, and the one that it has given it to', () => {
    const { channels, join } = desktop();
    const [maker, guest, third] = [join('maker'), join('guest'), join('third')];
    const id = channels.createPrivate(maker);
    for (const outsider of [guest, third]) {
      expect(() => channels.joinPrivate(id, outsider)).toThrow('AccessDenied');
      expect(() => channels.broadcast(id, contact, outsider)).toThrow('AccessDenied');
      expect(() => channels.current(id, null, outsider)).toThrow('AccessDenied');
      expect(() => channels.addListener(id, { listenerId: 'l', instance: outsider, contextType: null })).toThrow(
        'AccessDenied',
      );
    }
    channels.admit(id, third, third);
    expect(() => channels.joinPrivate(id, third)).toThrow('AccessDenied');
    channels.admit(id, maker, guest);
    expect(channels.joinPrivate(id, guest)).toEqual([]);
    channels.admit(id, maker, third);
    expect(() => channels.joinPrivate(id, third)).toThrow('AccessDenied');
  });

  it('tells no outsider that it is there', () => {
    const { channels, told, join } = desktop();
    const [maker, third] = [join('maker'), join('third')];
    const id = channels.createPrivate(maker);
    channels.leavePrivate(id, third);
    channels.addListener(id, { listenerId: 'l', instance: maker, contextType: null });
    channels.broadcast(id, contact, maker);
    expect(told).toEqual([]);
  });

  it('is gone once both ends are', () => {
    const { channels, join } = desktop();
    const [maker, guest] = [join('maker'), join('guest')];
    const id = channels.createPrivate(maker);
    channels.admit(id, maker, guest);
    channels.gone(maker);
    channels.broadcast(id, contact, guest);
    channels.gone(guest);
    expect(() => channels.broadcast(id, contact, guest)).toThrow('NoChannelFound');
  });
});
