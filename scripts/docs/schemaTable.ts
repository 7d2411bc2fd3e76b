/** Schemas as rows of a table. */
import type { JsonSchema } from './jsonSchema.ts';

/** A text as it may stand in a cell of a Markdown table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => code(value)).join(', ');
  if (schema.const !== undefined) return code(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' or ');
  if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items)}` : 'list';
  if (schema.format === 'uri') return 'URL';
  return schema.type ?? 'any JSON value';
}

/**
 * The members of a schema as rows of a Markdown table, nested ones by their path.
 *
 * @param prefix Of the members' names.
 */
export function configurationRows(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const required = schema.required?.includes(name)
      ? 'required'
      : member.default === undefined
        ? ''
        : code(member.default);
    const row = `| \`${prefix}${name}\` | ${cell(typeOf(member))} | ${cell(required)} | ${cell(member.description ?? '')} |`;
    const inner = member.items?.properties
      ? configurationRows(member.items, `${prefix}${name}[].`)
      : configurationRows(member, `${prefix}${name}.`);
    return [row, ...inner];
  });
}
