/**
 * An intent of this desktop's own that two of its apps answer, each in its way: whoever raises it leaves it to the
 * person which of them shall.
 */
import type { Context, DesktopAgent } from '@finos/fdc3';

export const findPersonIntent = 'northbridge.FindPerson';

/** @param find shows the person; what it throws is the refusal. */
export async function answerFindPerson(fdc3: DesktopAgent, find: (person: Context) => unknown): Promise<void> {
  await fdc3.addIntentListener(findPersonIntent, async (person) => void (await find(person)));
}

/** The same, for an app that has a search. @param signedIn undefined while nobody is, which is a refusal */
export function findPersonBySearch(
  fdc3: DesktopAgent,
  signedIn: () => object | undefined,
  search: (words: string) => void,
): Promise<void> {
  return answerFindPerson(fdc3, (person) => {
    if (!signedIn()) throw new Error('Nobody is signed in to Salesforce.');
    search(wordsFor(person));
  });
}

/** What to look for: an e-mail is of one person, a name may be of several. */
function wordsFor({ id, name = '' }: Context): string {
  const email: unknown = id?.['email'];
  return typeof email === 'string' && email !== '' ? email : name;
}
