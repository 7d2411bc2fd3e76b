import { readAppDirectory } from '../../src/core-web/appDirectory.ts';

const web = (appId: string, more: object = {}) => ({
  appId,
  title: appId,
  type: 'web',
  details: { url: `https://${appId}.bank.example/` },
  ...more,
});

function read(applications: unknown[]) {
  const said: string[] = [];
  const apps = readAppDirectory({ applications, message: 'OK' }, (sentence) => said.push(sentence));
  return { ids: apps.map(({ appId }) => appId), said };
}

describe('an app directory', () => {
  it('may hold apps of other desks, which are passed over without a word', () => {
    const others = [
      { appId: 'terminal', title: 'Terminal', type: 'native', details: { path: 'C:\\terminal.exe' } },
      { appId: 'citrix', title: 'Citrix', type: 'citrix', details: { alias: 'c' } },
      { appId: 'online', title: 'Online', type: 'onlineNative', details: { url: 'https://x.bank.example' } },
      { appId: 'other', title: 'Other', type: 'other', hostManifests: {} },
    ];
    expect(read([web('blotter'), ...others, web('chat')])).toEqual({ ids: ['blotter', 'chat'], said: [] });
  });

  it.each<[string, unknown, RegExp]>([
    ['no address', { ...web('bad'), details: {} }, /record 2 \(bad\) is left out: details\.url: /],
    [
      'an address that would run as script',
      { ...web('bad'), details: { url: 'javascript:alert(1)' } },
      /record 2 \(bad\) .*details\.url: must be an https address/,
    ],
    [
      'an intent without contexts',
      web('bad', { interop: { intents: { listensFor: { ViewContact: {} } } } }),
      /record 2 \(bad\) .*interop\.intents\.listensFor\.ViewContact\.contexts: /,
    ],
    ['no type', { ...web('bad'), type: undefined }, /record 2 \(bad\) .*type: /],
    ['no id', { ...web(''), appId: undefined }, /record 2 \(without an appId\) .*appId: /],
    ['nothing in it', null, /record 2 \(without an appId\) is left out: \(record\): /],
    [
      'an id that is there already',
      web('blotter', { title: 'Impostor' }),
      /record 2 \(blotter\) is left out: an earlier one has the same appId\.$/,
    ],
  ])('loses a record with %s, named on the console, and no other', (_what, record, sentence) => {
    expect(read([web('blotter'), record, web('chat')])).toEqual({
      ids: ['blotter', 'chat'],
      said: [expect.stringMatching(sentence)],
    });
  });

  it('may call an app by its name or id, where a record has no title', () => {
    const untitled = (appId: string) => ({ appId, type: 'web', details: { url: `https://${appId}.bank.example/` } });
    const applications = [{ ...untitled('blotter'), name: 'Blotter' }, untitled('chat')];
    expect(readAppDirectory({ applications }, () => undefined).map(({ title }) => title)).toEqual(['Blotter', 'chat']);
  });

  it('is refused in a sentence when it is none', () => {
    for (const document of [null, [], {}, { applications: {} }]) {
      expect(() => readAppDirectory(document, () => undefined)).toThrow('The app directory has no list "applications"');
    }
  });
});
