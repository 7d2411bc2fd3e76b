import { createSignedOutMark } from '../../src/provider/signedOutMark.ts';
import { memoryStorage } from '../support/memoryStorage.ts';

const [acme, other] = ['https://acme.my.salesforce.com', 'https://other.my.salesforce.com'];

describe('createSignedOutMark', () => {
  it('outlives the page, for every org until somebody signs in there', () => {
    const storage = memoryStorage();
    createSignedOutMark(() => storage).set([acme, other]);
    const later = createSignedOutMark(() => storage);
    expect([later.isSet(acme), later.isSet(other)]).toEqual([true, true]);
    later.clear(acme);
    const latest = createSignedOutMark(() => storage);
    expect([latest.isSet(acme), latest.isSet(other)]).toEqual([false, true]);
  });

  it('is not set where nobody ever signed out, and leaves nothing behind once all have signed in again', () => {
    const storage = memoryStorage();
    const mark = createSignedOutMark(() => storage);
    expect(mark.isSet(acme)).toBe(false);
    mark.set([acme]);
    mark.clear(acme);
    expect([mark.isSet(acme), storage.getItem('salesforce-interop.signedOut')]).toEqual([false, null]);
  });

  it('counts as set where the storage is refused or spoilt, until somebody signs in on this page', () => {
    const spoilt = { ...memoryStorage(), getItem: () => '{"nonsense"' };
    const refused = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const storage of [() => spoilt, refused]) {
      const mark = createSignedOutMark(storage);
      expect(mark.isSet(acme)).toBe(true);
      mark.clear(acme);
      expect(mark.isSet(acme)).toBe(false);
      mark.set([acme]);
      expect(mark.isSet(acme)).toBe(true);
    }
  });

  it('holds on this page where it could not be stored', () => {
    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      },
    };
    const mark = createSignedOutMark(() => full);
    mark.set([acme]);
    expect(mark.isSet(acme)).toBe(true);
  });
});
