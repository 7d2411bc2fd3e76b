import { createRememberedChoices } from '../../src/provider/rememberedChoices.ts';
import { memoryStorage } from '../support/memoryStorage.ts';

const ada = { type: 'Contact', id: '003000000000001AAA' };
const bob = { type: 'Contact', id: '003000000000002AAA' };

describe('remembered choices', () => {
  it('are those of one person, for one thing, and outlive the page', async () => {
    const storage = memoryStorage();
    await createRememberedChoices(() => storage).remember('org morgan', 'office@looms', ada);
    const choices = createRememberedChoices(() => storage);
    expect(await choices.find('org morgan', 'office@looms')).toEqual(ada);
    expect(await choices.find('org alex', 'office@looms')).toBeUndefined();
    expect(await choices.find('org morgan', 'office@engines')).toBeUndefined();
    await choices.remember('org morgan', 'office@looms', bob);
    expect(await choices.find('org morgan', 'office@looms')).toEqual(bob);
    await choices.forget('org morgan', 'office@looms');
    expect(await choices.find('org morgan', 'office@looms')).toBeUndefined();
  });

  it('say nothing to whoever reads the storage of who chose, for what, or which record', async () => {
    const storage = memoryStorage();
    await createRememberedChoices(() => storage).remember('https://acme morgan', 'office@looms.example', ada);
    const stored = storage.getItem('salesforce-interop.choices');
    expect(stored).toMatch(/^\[\["[\da-f]{64}","[\w+/=]+"\]\]$/);
    expect(stored).not.toMatch(/acme|morgan|looms|Contact|003/);
    expect(Buffer.from(stored!.split('"')[3]!, 'base64').toString('latin1')).not.toMatch(/Contact|003000000000001AAA/);
  });

  it('are none where the storage holds what this provider has not sealed', async () => {
    const storage = memoryStorage();
    await createRememberedChoices(() => storage).remember('p', 'a', ada);
    const [[key]] = JSON.parse(storage.getItem('salesforce-interop.choices')!) as [[string, string]];
    for (const forged of ['', 'no base64!', btoa(JSON.stringify(ada))]) {
      storage.setItem('salesforce-interop.choices', JSON.stringify([[key, forged]]));
      expect(await createRememberedChoices(() => storage).find('p', 'a')).toBeUndefined();
    }
  });

  it('are five hundred, of which the oldest go', async () => {
    const choices = createRememberedChoices();
    for (let count = 0; count <= 500; count += 1) await choices.remember('p', String(count), ada);
    expect(await choices.find('p', '0')).toBeUndefined();
    expect(await choices.find('p', '1')).toEqual(ada);
  });

  it('last as long as the page where the storage is forbidden, or holds something else', async () => {
    const forbidden = createRememberedChoices(() => {
      throw new Error('SecurityError');
    });
    await forbidden.remember('p', 'a', ada);
    expect(await forbidden.find('p', 'a')).toEqual(ada);
    const storage = memoryStorage();
    storage.setItem('salesforce-interop.choices', '{"not":"ours"}');
    const choices = createRememberedChoices(() => storage);
    expect(await choices.find('p', 'a')).toBeUndefined();
    await choices.remember('p', 'a', ada);
    expect(await choices.find('p', 'a')).toEqual(ada);
  });
});
