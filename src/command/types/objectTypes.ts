import type { DescribedField, DescribedObject } from './describedObject.ts';

interface WrittenTypes {
  /** The client's package, whose `OrgSObjects` is added to. */
  client: string;
  apiVersion: string;
}

/**
 * Writes objects of an org as an augmentation of the client's `OrgSObjects`.
 *
 * @param objects as the org describes them
 * @returns the source text of a TypeScript module
 */
export function objectTypes(objects: readonly DescribedObject[], { client, apiVersion }: WrittenTypes): string {
  const sorted = objects.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return `/** Objects of an org, as its REST API ${apiVersion} describes them. Written by \`salesforce-interop types\`: not to be edited. */
import type { SalesforceRestApiFieldAddress } from ${quoted(client)};

declare module ${quoted(client)} {
  interface OrgSObjects {
${sorted.map(objectType).join('')}  }
}

/** A compound geolocation field. */
interface Geolocation {
  latitude: number | null;
  longitude: number | null;
}

export type { Geolocation, SalesforceRestApiFieldAddress };
`;
}

function objectType({ name, label, fields }: DescribedObject): string {
  const sorted = fields.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return `${comment(label, 4)}    ${name}: {
      fields: {
${sorted.map(field).join('')}      };
      readOnly: ${namesOf(sorted.filter(({ createable, updateable }) => !createable && !updateable))};
      dates: ${namesOf(sorted.filter(({ type }) => type === 'date' || type === 'datetime'))};
      parents: {
${sorted.map(parent).join('')}      };
    };
`;
}

function field(described: DescribedField): string {
  const { name, label, type } = described;
  const several = type === 'multipicklist' ? `. Several of: ${valuesOf(described).join('; ')}` : '';
  return `${comment(label + several, 8)}        ${name}: ${valueType(described)}${described.nillable ? ' | null' : ''};\n`;
}

function parent({ relationshipName, referenceTo }: DescribedField): string {
  if (!relationshipName || !referenceTo || referenceTo.length === 0) return '';
  return `        ${relationshipName}: ${union(referenceTo.toSorted())};\n`;
}

/** JSON types by the field's type (Object Reference, "Field Types"); all others are texts. */
const types: Readonly<Record<string, string>> = {
  address: 'SalesforceRestApiFieldAddress',
  anyType: 'unknown',
  boolean: 'boolean',
  complexvalue: 'unknown',
  currency: 'number',
  double: 'number',
  int: 'number',
  json: 'unknown',
  location: 'Geolocation',
  long: 'number',
  percent: 'number',
};

function valueType(described: DescribedField): string {
  const { type, restrictedPicklist } = described;
  if (type !== 'picklist') return Object.hasOwn(types, type) ? types[type]! : 'string';
  const values = valuesOf(described);
  if (values.length === 0) return 'string';
  // One that is not restricted takes any text; `string & {}` keeps the known ones for editors to offer.
  return restrictedPicklist ? union(values) : `${union(values)} | (string & {})`;
}

const valuesOf = ({ picklistValues }: DescribedField): string[] => [
  ...new Set((picklistValues ?? []).map(({ value }) => value)),
];

const namesOf = (fields: readonly DescribedField[]): string =>
  fields.length === 0 ? 'never' : union(fields.map(({ name }) => name));
const union = (texts: readonly string[]): string => texts.map(quoted).join(' | ');

/** A literal in single quotes; whatever stands in the text, it stays one. */
function quoted(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`);
  return `'${inner.replaceAll('\u2028', String.raw`\u2028`).replaceAll('\u2029', String.raw`\u2029`)}'`;
}

/** A label is anybody's text: it must not end the comment that it stands in. */
function comment(text: string, indent: number): string {
  const line = text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim();
  return line === '' ? '' : `${' '.repeat(indent)}/** ${line} */\n`;
}
