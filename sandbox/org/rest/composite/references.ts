/** A reference that names nothing; the subrequest that holds it is not run. */
export class UnresolvedReference extends Error {
  constructor(path: string, referenceId: string) {
    super(`Invalid reference specified. No value for ${path} found in ${referenceId}`);
    this.name = 'UnresolvedReference';
  }
}

const REFERENCE = /@\{([^{}]+)\}/g;

/**
 * Replaces `@{ref.field}` and `@{ref.records[0].Id}` in a text by values of earlier answers
 * (REST API guide, "Composite", reference ids).
 *
 * @param encode How a value is written into the text.
 * @throws UnresolvedReference
 */
export function resolveText(
  text: string,
  answers: ReadonlyMap<string, unknown>,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replaceAll(REFERENCE, (_whole, path: string) => encode(String(lookUp(path, answers))));
}

/** The same inside a JSON value; a text that is nothing but one reference takes the value's own type. */
export function resolveValue(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([^{}]+)\}$/.exec(value)?.[1];
    return whole === undefined ? resolveText(value, answers) : lookUp(whole, answers);
  }
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveValue(item, answers)]));
}

function lookUp(path: string, answers: ReadonlyMap<string, unknown>): unknown {
  const [referenceId = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
  let value = answers.get(referenceId);
  for (const step of steps) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (value === undefined || value === null || steps.length === 0) throw new UnresolvedReference(path, referenceId);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
