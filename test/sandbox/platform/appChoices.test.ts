import { AppChoices, type AppQuestion } from '../../../sandbox/platform/appChoices.ts';
import { RememberedApps } from '../../../sandbox/platform/rememberedApps.ts';
import type { IntentChoice } from '../../../src/core-web/intentRouting.ts';
import { appAlone, recordOf } from '../../core-web/apps.ts';

const [contacts, accounts, third] = ['contacts', 'accounts', 'third'].map((appId): IntentChoice => ({
  intent: 'FindPerson',
  app: recordOf(appId),
})) as [IntentChoice, IntentChoice, IntentChoice];
const wanted = { intent: 'FindPerson', contextType: 'fdc3.contact', raiser: appAlone('chat') };

function platform() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const remembered = new RememberedApps(storage, () => 'alex');
  const shown: (AppQuestion | undefined)[] = [];
  const choices = new AppChoices({ remembered, show: (question) => void shown.push(question) });
  /** The question that is shown now, once there is one. */
  async function question(): Promise<AppQuestion> {
    while (!shown.at(-1)) await new Promise(setImmediate);
    return shown.at(-1)!;
  }
  return { remembered, choices, shown, question };
}

describe('the question which app shall do something', () => {
  it('says who asks, and is answered by what the person picks, or by nothing', async () => {
    const { choices, question, shown } = platform();
    const first = choices.choose([contacts, accounts], wanted);
    expect(await question()).toMatchObject({ choices: [contacts, accounts], raiser: 'chat' });
    (await question()).pick(accounts, false);
    expect(await first).toBe(accounts);
    expect(shown.at(-1)).toBeUndefined();
    const second = choices.choose([contacts, accounts], wanted);
    (await question()).pick(null, true);
    expect(await second).toBeNull();
  });

  it('waits for the one before it', async () => {
    const { choices, question, shown } = platform();
    const [first, second] = [choices.choose([contacts, accounts], wanted), choices.choose([accounts, third], wanted)];
    (await question()).pick(contacts, false);
    expect(await first).toBe(contacts);
    expect(shown).toHaveLength(2);
    (await question()).pick(third, false);
    expect(await second).toBe(third);
  });

  it('is not asked again where the person has said so, unless another app can do it too', async () => {
    const { choices, question, shown, remembered } = platform();
    const first = choices.choose([contacts, accounts], wanted);
    (await question()).pick(accounts, true);
    await first;
    const running = { ...accounts, instance: appAlone('accounts') };
    expect(await choices.choose([contacts, running, accounts], wanted)).toBe(running);
    expect(shown).toHaveLength(2);
    const other = choices.choose([contacts, accounts, third], wanted);
    (await question()).pick(third, false);
    expect(await other).toBe(third);
    await remembered.forget();
    const again = choices.choose([contacts, accounts], wanted);
    (await question()).pick(contacts, false);
    expect(await again).toBe(contacts);
  });

  it('goes with the person who was asked, and so do those that waited', async () => {
    const { choices, question } = platform();
    const asked = [choices.choose([contacts, accounts], wanted), choices.choose([accounts, third], wanted)];
    await question();
    choices.personLeft();
    expect(await Promise.all(asked)).toEqual([null, null]);
  });
});
