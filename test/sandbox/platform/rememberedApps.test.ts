import { RememberedApps } from '../../../sandbox/platform/rememberedApps.ts';

/** A browser's storage, as far as it is used. */
function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const contacts = { appId: 'contacts', intent: 'FindPerson' };

describe('the app that a person wants from now on', () => {
  it('is theirs, after a reload too, and nobody else gets it', async () => {
    const browser = storage();
    let person: string | undefined = 'alex';
    const apps = new RememberedApps(browser, () => person);
    await apps.keep('question', contacts);
    person = 'morgan';
    expect(await apps.recall('question')).toBeUndefined();
    expect(await apps.count()).toBe(0);
    person = 'alex';
    expect(await new RememberedApps(browser, () => person).recall('question')).toEqual(contacts);
  });

  it('says to nobody who reads the storage whose it is', async () => {
    const browser = storage();
    await new RememberedApps(browser, () => 'alex').keep('question', contacts);
    expect(JSON.stringify([...browser.kept])).not.toContain('alex');
  });

  it('is forgotten for whoever is here, and for nobody else', async () => {
    const browser = storage();
    let person = 'alex';
    const apps = new RememberedApps(browser, () => person);
    await apps.keep('question', contacts);
    person = 'morgan';
    await apps.keep('question', contacts);
    await apps.forget();
    expect(await apps.count()).toBe(0);
    person = 'alex';
    expect(await apps.count()).toBe(1);
  });

  it('is kept in memory while nobody is signed in, until somebody has left', async () => {
    const browser = storage();
    const apps = new RememberedApps(browser, () => undefined);
    await apps.keep('question', contacts);
    expect(await apps.recall('question')).toEqual(contacts);
    expect(browser.kept.size).toBe(0);
    apps.personLeft();
    expect(await apps.recall('question')).toBeUndefined();
  });

  it('is asked for again where the storage holds something else', async () => {
    const browser = storage();
    const apps = new RememberedApps(browser, () => 'alex');
    await apps.keep('question', contacts);
    const [key] = browser.kept.keys();
    for (const broken of ['', '[]', '{"question":1}']) {
      browser.kept.set(key!, broken);
      expect(await apps.recall('question')).toBeUndefined();
    }
  });
});
