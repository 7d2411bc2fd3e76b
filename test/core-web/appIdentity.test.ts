import { appRecord } from '../../src/core-web/appDirectory.ts';
import { appOfUrl } from '../../src/core-web/appIdentity.ts';

const record = (appId: string, url: string) => appRecord.parse({ appId, title: appId, type: 'web', details: { url } });
const directory = [
  record('any', 'https://bank.example/'),
  record('orders', 'https://bank.example/orders/'),
  record('bonds', 'https://bank.example/orders?desk=bonds'),
  record('blotter', 'https://bank.example/orders#blotter'),
  record('other', 'https://other.example/app'),
];
const appAt = (url: string) => appOfUrl(directory, new URL(url))?.appId;

describe('the app of an address', () => {
  it.each([
    ['https://bank.example/orders', 'orders'],
    ['https://bank.example/orders/?desk=loans', 'orders'],
    ['https://bank.example/orders?trader=7&desk=bonds', 'bonds'],
    ['https://bank.example/orders#blotter', 'blotter'],
    ['https://bank.example/somewhere/else', 'any'],
    ['https://other.example/app?x', 'other'],
  ])('%s is %s, whose record has most of it', (url, appId) => {
    expect(appAt(url)).toBe(appId);
  });

  it.each([
    'https://other.example/',
    'https://other.example/app/below',
    'http://bank.example/orders',
    'https://x.bank.example/orders',
  ])('%s is that of none', (url) => {
    expect(appAt(url)).toBeUndefined();
  });
});
