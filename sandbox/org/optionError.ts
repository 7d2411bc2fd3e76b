import { z } from 'zod';

/** An option that the org cannot take: one sentence that names it, what was given and what is wanted. */
export class OptionError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'OptionError';
  }
}

type Path = readonly PropertyKey[];
/** How the sentence names an option and what was given for it: `--port=seventy`, `contacts is "many"`. */
export type NameOption = (path: Path, given: unknown) => string;

/**
 * Checks options against their schema, whose descriptions say what is wanted.
 *
 * @param nameOption By default the option's path and its value as JSON; secrets are not shown.
 * @throws OptionError about the first option that is wrong.
 */
export function parseOptions<T>(schema: z.ZodType<T>, options: unknown, nameOption: NameOption = describeOption): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    throw new OptionError(`${nameOption(path, valueAt(options, path))}: there is no such option.`);
  }
  const path = issue?.path ?? [];
  const wanted = wantedAt(schema, path);
  throw new OptionError(
    `${nameOption(path, valueAt(options, path))}: use ${wanted ?? `something else (${issue?.message})`}.`,
  );
}

/** `contacts is "many"`. */
export function describeOption(path: Path, given: unknown): string {
  const name = path.map(String).join('.') || 'The options';
  if (/secret|certificate/i.test(name)) return `${name} is not right`;
  return given === undefined
    ? `${name} is missing`
    : `${name} is ${(JSON.stringify(given) ?? typeof given).slice(0, 80)}`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** The description of the innermost schema on the path that has one. */
function wantedAt(schema: z.ZodType, path: Path): string | undefined {
  const inner = withoutWrappers(schema);
  const [key, ...rest] = path;
  const next = key === undefined ? undefined : childOf(inner.schema, key);
  return (next && wantedAt(next, rest)) ?? inner.description;
}

function withoutWrappers(schema: z.ZodType): { schema: z.ZodType; description: string | undefined } {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    const inner = withoutWrappers(schema.unwrap() as z.ZodType);
    return { schema: inner.schema, description: inner.description ?? schema.description };
  }
  return { schema, description: schema.description };
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, key) ? (schema.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined;
}
