import type { JsonSchema } from './jsonSchema.ts';

const longestLine = 110;

/** What a member may hold beyond its type: its default, how long it may be, that it is a URL. */
function limitsOf({ default: fallback, minLength, maxLength, format }: JsonSchema): string[] {
  const length =
    maxLength === undefined
      ? undefined
      : `${minLength === undefined ? 'at most' : `${minLength} to`} ${maxLength} characters`;
  return [
    ...(format === 'uri' ? ['URL'] : []),
    ...(length === undefined ? [] : [length]),
    ...(fallback === undefined ? [] : [`default ${JSON.stringify(fallback)}`]),
  ];
}

function comment(text: string, indent: string): string {
  let line = `${indent}//`;
  const lines: string[] = [];
  for (const word of text
    .replaceAll('`', '')
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .split(' ')) {
    if (line.length + word.length >= longestLine) {
      lines.push(line);
      line = `${indent}//`;
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((one) => `${one}\n`).join('');
}

function member(name: string, schema: JsonSchema, isRequired: boolean, indent: string): string {
  const limits = limitsOf(schema);
  const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
  const above =
    schema.description === undefined || schema.$ref !== undefined ? '' : comment(schema.description, indent);
  const text = typeText(schema, indent);
  return `${above}${indent}${key}${isRequired ? '' : '?'}:${text.startsWith('\n') ? '' : ' '}${text};${limits.length > 0 ? ` // ${limits.join(', ')}` : ''}\n`;
}

function alternatives(choices: readonly JsonSchema[], indent: string): string {
  const texts = choices.map((choice) => typeText(choice, `${indent}  `));
  const line = texts.join(' | ');
  if (!line.includes('\n') && line.length < longestLine - 20) return line;
  return texts
    .map(
      (text, index) =>
        `\n${choices[index]!.description ? comment(choices[index]!.description, `${indent}  `) : ''}${indent}  | ${text}`,
    )
    .join('');
}

/** Literals of a union, as many on a line as fit. */
function inLines(literals: readonly string[], indent: string): string {
  const whole = literals.join(' | ');
  if (whole.length < longestLine - 20) return whole;
  let line = '';
  const lines: string[] = [];
  for (const literal of literals) {
    if (line.length + literal.length >= longestLine - 20) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}| ${literal}`;
  }
  return [...lines, line].map((one) => `\n${indent}  ${one}`).join('');
}

/**
 * A JSON Schema as a TypeScript type, with what it says of its members as comments. Schemas with an id are named.
 *
 * @param indent of the line on which it begins
 */
export function typeText(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)!;
  if (schema.enum)
    return inLines(
      schema.enum.map((value) => JSON.stringify(value)),
      indent,
    );
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return alternatives(choices, indent);
  if (schema.prefixItems) return `[${schema.prefixItems.map((item) => typeText(item, indent)).join(', ')}]`;
  if (schema.type === 'array') {
    const item = schema.items ? typeText(schema.items, indent) : 'unknown';
    return /[|&]/.test(item.replaceAll(/\{[^]*\}/g, ''))
      ? `(${item}${item.startsWith('\n') ? `\n${indent}` : ''})[]`
      : `${item}[]`;
  }
  if (schema.type === 'object') return objectText(schema, indent);
  if (schema.type === 'integer') return 'number';
  return schema.type ?? 'unknown';
}

function objectText({ properties, required = [], additionalProperties }: JsonSchema, indent: string): string {
  if (!properties)
    return typeof additionalProperties === 'object'
      ? `Record<string, ${typeText(additionalProperties, indent)}>`
      : '{}';
  const members = Object.entries(properties);
  if (members.length === 0) return '{}';
  const flat = members
    .map(([name, one]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(one, indent)}`)
    .join('; ');
  const isPlain = members.every(([, one]) => one.description === undefined && limitsOf(one).length === 0);
  if (isPlain && !flat.includes('\n') && flat.length + indent.length < longestLine - 20) return `{ ${flat} }`;
  return `{\n${members.map(([name, one]) => member(name, one, required.includes(name), `${indent}  `)).join('')}${indent}}`;
}
