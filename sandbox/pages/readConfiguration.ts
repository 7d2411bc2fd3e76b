import { z } from '../../src/zod.ts';

/**
 * Reads this page's `/config.json`.
 * @throws Error that says what is wrong with it.
 */
export async function readConfiguration<T>(schema: z.ZodType<T>): Promise<T> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`This page's server has no /config.json (status ${response.status}).`);
  const parsed = schema.safeParse(await response.json());
  if (!parsed.success) throw new Error(`/config.json cannot be used: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
