import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { OrgError } from '../../database/orgError.ts';
import type { XmlNames } from '../resource.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@_',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@_',
  suppressBooleanAttributes: false,
});

/** A member that is a key of a map, such as a record id, cannot name an element. */
const XML_NAME = /^[A-Za-z_][\w.-]*$/;
/** Characters that XML 1.0 has no way to write. */
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * Reads an XML request body. Its root names the object and is dropped; XML attributes of a record (`type`,
 * `referenceId`) become its `attributes`, `xsi:nil` becomes null, every other value stays a string. What is a list only
 * the reader of the body knows: see `fitToSchema`.
 *
 * @throws OrgError 400 `XML_PARSER_ERROR`.
 */
export function readXmlBody(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new OrgError(400, 'XML_PARSER_ERROR', `${valid.err.msg} at row ${valid.err.line}`);
  const document = parseDocument(text);
  const root = isElement(document) ? Object.values(document)[0] : undefined;
  return fromElement(root ?? {});
}

/** The parser refuses what XML allows as well: names that lead to prototypes, and nesting without end. */
function parseDocument(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (error) {
    throw new OrgError(400, 'XML_PARSER_ERROR', error instanceof Error ? error.message : 'The XML could not be read');
  }
}

/** Writes a JSON value in Salesforce's XML form; `attributes` of a record become XML attributes. */
export function writeXmlBody(value: unknown, names: XmlNames): string {
  const content = Array.isArray(value)
    ? { [names.item ?? 'Item']: value.map(toElement) }
    : withLists(toElement(value), names.lists ?? {});
  const nil = { '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };
  const body = isElement(content)
    ? { ...(JSON.stringify(content).includes('xsi:nil') ? nil : {}), ...content }
    : content;
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build({ [names.root]: body })}`;
}

function fromElement(element: unknown): unknown {
  if (Array.isArray(element)) return element.map(fromElement);
  if (!isElement(element)) return element;
  if (element['@_xsi:nil'] === 'true') return null;
  const entries = Object.entries(element).filter(([name]) => !name.startsWith('@_'));
  if (entries.length === 1 && entries[0]?.[0] === '#text') return entries[0][1];
  const value = Object.fromEntries(entries.map(([name, child]) => [name, fromElement(child)]));
  const attributes = Object.entries(element)
    .filter(([name]) => name.startsWith('@_') && !/^@_(xmlns$|.*:)/.test(name))
    .map(([name, text]): [string, unknown] => [name.slice(2), text]);
  return attributes.length === 0 ? value : { attributes: Object.fromEntries(attributes), ...value };
}

function withLists(element: unknown, lists: Readonly<Record<string, string>>): unknown {
  if (!isElement(element)) return element;
  const entries = Object.entries(element).map(([name, child]) => {
    const item = lists[name];
    return [name, item === undefined ? child : { [item]: child }];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function toElement(value: unknown): unknown {
  if (value === null) return { '@_xsi:nil': 'true' };
  if (Array.isArray(value)) return value.map(toElement);
  if (typeof value === 'string') return value.replaceAll(NOT_IN_XML, '');
  if (!isElement(value)) return value;
  const { attributes, ...rest } = value;
  const children = Object.entries(rest).filter(([, child]) => child !== undefined);
  const element: Record<string, unknown> = {};
  for (const [name, child] of children) {
    if (XML_NAME.test(name)) element[name] = toElement(child);
    else element['entry'] = [...entriesOf(element), { '@_name': name, value: toElement(child) }];
  }
  if (!isElement(attributes)) return element;
  const written = Object.entries(attributes).map(([name, text]) => [`@_${name}`, String(text)]);
  return { ...Object.fromEntries(written), ...element };
}

function entriesOf(element: Record<string, unknown>): unknown[] {
  const { entry } = element;
  return Array.isArray(entry) ? (entry as unknown[]) : [];
}

function isElement(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
