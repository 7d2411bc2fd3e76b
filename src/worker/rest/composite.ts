import { z } from '../../zod.ts';

/** Headers that say nothing of their own in a composite request, whose answer is JSON. */
const plainHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'cache-control', 'pragma']);

/** What the org takes for a reference to another answer of the same composite request, encoded or not. */
const reference = /(?:@|%40)(?:\{|%7b)/i;

/** A read as it would be sent by itself. */
export interface CompositePart {
  /** Path and query as `fetch` sends them. */
  path: string;
  headers: Iterable<readonly [string, string]>;
}

/** Whether a read can be part of a composite request: its answer is wanted as JSON, and the org reads it as it is. */
export function isPart({ path, headers }: CompositePart): boolean {
  const accept = [...headers].find(([name]) => name.toLowerCase() === 'accept')?.[1] ?? '*/*';
  return /^(?:application\/json|\*\/\*)/i.test(accept) && !reference.test(path);
}

/**
 * Body of a composite request of reads that do not depend on each other.
 *
 * @see REST API Developer Guide, "Composite": `compositeRequest`, `httpHeaders`.
 */
export function compositeOf(parts: readonly CompositePart[]): object {
  return {
    compositeRequest: parts.map(({ path, headers }, index) => {
      const httpHeaders = Object.fromEntries([...headers].filter(([name]) => !plainHeaders.has(name.toLowerCase())));
      return {
        method: 'GET',
        url: path,
        referenceId: `r${index}`,
        ...(Object.keys(httpHeaders).length > 0 && { httpHeaders }),
      };
    }),
  };
}

const compositeAnswer = z.object({
  compositeResponse: z.array(
    z.object({ body: z.unknown(), httpStatusCode: z.number().int(), referenceId: z.string().nullable() }),
  ),
});

export interface PartAnswer {
  status: number;
  body: unknown;
}

/** What each of so many parts was answered, in their order; undefined for anything else than an answer to all. */
export function partsOf(value: unknown, count: number): PartAnswer[] | undefined {
  const parsed = compositeAnswer.safeParse(value);
  const answers = parsed.success ? parsed.data.compositeResponse : [];
  if (answers.length !== count || answers.some(({ referenceId }, index) => referenceId !== `r${index}`))
    return undefined;
  return answers.map(({ body, httpStatusCode: status }) => ({ status, body }));
}
