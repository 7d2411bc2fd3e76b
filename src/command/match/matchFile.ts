import { readFile } from 'node:fs/promises';
import { describeIntents, type IntentName } from '../../intents/describeIntents.ts';
import { z } from '../../zod.ts';
import { CommandRefused } from '../usageError.ts';

const expectations = ['opens', 'offers', 'asks', 'search', 'says', 'error'] as const;

const matchCase = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  intent: z.enum(Object.keys(describeIntents()) as [IntentName, ...IntentName[]]),
  context: z.looseObject({ type: z.string() }),
  /** What is expected of it, and of which record, by its name. */
  outcome: z.enum(expectations).optional(),
  record: z.string().optional(),
});
export type MatchCase = z.infer<typeof matchCase>;

const givenRecord = z.looseObject({
  ref: z.string().optional(),
  type: z.string(),
  fields: z.record(z.string(), z.unknown()),
});
export type GivenRecord = z.infer<typeof givenRecord>;

const matchGroup = z.looseObject({
  /** With records an empty org gets them; without, the org is taken as it is. */
  records: z.array(givenRecord).optional(),
  cases: z.array(matchCase),
});
export type MatchGroup = z.infer<typeof matchGroup>;

const matchFile = z.union([
  z.looseObject({ groups: z.array(matchGroup) }).transform(({ groups }) => groups),
  matchGroup.transform((group) => [group]),
]);

/**
 * Reads contexts to be tried.
 *
 * @throws {CommandRefused} when it cannot be read, or has another form
 */
export async function readMatchFile(file: string): Promise<MatchGroup[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandRefused(`${file}: it cannot be read (${error.code ?? 'unknown reason'}).`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandRefused(`${file}: this is no JSON (${(error as Error).message}).`);
  }
  const parsed = matchFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new CommandRefused(`${file} has another form than match reads:\n${z.prettifyError(parsed.error)}`);
}
