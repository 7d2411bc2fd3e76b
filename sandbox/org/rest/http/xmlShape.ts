import { z } from 'zod';

type Members = Record<string, unknown>;

/**
 * Gives a value that was read from XML the shape a schema expects. XML has no lists, numbers or truth values: a list is
 * an element that is repeated, or one around elements of a common name, and all else is text. An element around the
 * whole that the schema does not know is the root of a body inside a body, and is dropped.
 *
 * @returns The value; where it does not fit, it stays as it is, for the schema to refuse.
 */
export function fitToSchema(schema: z.ZodType, value: unknown): unknown {
  const inner = withoutWrappers(schema);
  if (inner instanceof z.ZodObject) return fitObject(inner, value);
  if (inner instanceof z.ZodArray) {
    const element = inner.element as z.ZodType;
    return itemsOf(element, value).map((item) => fitToSchema(element, item));
  }
  if (inner instanceof z.ZodUnion) return fitUnion(inner, value);
  if (inner instanceof z.ZodBoolean) return readBoolean(value);
  if (inner instanceof z.ZodNumber) return readNumber(value);
  return value;
}

function withoutWrappers(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return withoutWrappers(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodPipe ? withoutWrappers(schema.in as z.ZodType) : schema;
}

function fitObject(schema: z.ZodObject, value: unknown): unknown {
  if (value === '') return {};
  if (!isElement(value)) return value;
  const root = onlyChild(value);
  if (root && !(root.name in schema.shape) && isElement(root.value)) return fitObject(schema, root.value);
  const members = Object.entries(value).map(([name, member]) => {
    const expected = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined;
    return [name, expected ? fitToSchema(expected, member) : member];
  });
  return Object.fromEntries(members) as Members;
}

function fitUnion(schema: z.ZodUnion, value: unknown): unknown {
  const fitted = schema.options.map((option) => ({
    option: option as z.ZodType,
    value: fitToSchema(option as z.ZodType, value),
  }));
  return fitted.find(({ option, value: candidate }) => option.safeParse(candidate).success)?.value ?? value;
}

function itemsOf(element: z.ZodType, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === '' || value === null || value === undefined) return [];
  const inside = isElement(value) ? onlyChild(value) : undefined;
  if (inside && isAroundItems(withoutWrappers(element), inside)) {
    return Array.isArray(inside.value) ? inside.value : [inside.value];
  }
  return [value];
}

/** Whether an element's only child is an item of the list, and not a member of its one item. */
function isAroundItems(element: z.ZodType, child: { name: string; value: unknown }): boolean {
  const items = Array.isArray(child.value) ? child.value : [child.value];
  if (element instanceof z.ZodObject) return !(child.name in element.shape) && items.every(isElement);
  if (element instanceof z.ZodUnion) {
    return element.options.every((option) => isAroundItems(withoutWrappers(option as z.ZodType), child));
  }
  // A record may have any member; what has a type is a record itself.
  if (element instanceof z.ZodRecord) return items.every((item) => isElement(item) && 'attributes' in item);
  return true;
}

function readBoolean(value: unknown): unknown {
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : value;
}

function readNumber(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}

function onlyChild(element: Members): { name: string; value: unknown } | undefined {
  const [child, ...others] = Object.entries(element);
  return child && others.length === 0 ? { name: child[0], value: child[1] } : undefined;
}

function isElement(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
