import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
import { OrgError } from '../../database/orgError.ts';

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

/**
 * Reads an XML request body. Its root names the object and is dropped; a record's `type` attribute becomes
 * `attributes.type`, `xsi:nil` becomes null, every other value stays a string.
 *
 * @throws OrgError 400 `XML_PARSER_ERROR`.
 */
export function readXmlBody(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new OrgError(400, 'XML_PARSER_ERROR', `${valid.err.msg} at row ${valid.err.line}`);
  const document: unknown = parser.parse(text);
  const root = isElement(document) ? Object.values(document)[0] : undefined;
  return fromElement(root ?? {});
}

/** Writes a JSON value in Salesforce's XML form; `attributes` of a record become XML attributes. */
export function writeXmlBody(value: unknown, names: { root: string; item?: string }): string {
  const content = Array.isArray(value) ? { [names.item ?? 'Item']: value.map(toElement) } : toElement(value);
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
  return element['@_type'] === undefined ? value : { attributes: { type: element['@_type'] }, ...value };
}

function toElement(value: unknown): unknown {
  if (value === null) return { '@_xsi:nil': 'true' };
  if (Array.isArray(value)) return value.map(toElement);
  if (!isElement(value)) return value;
  const { attributes, ...rest } = value;
  const children = Object.entries(rest).filter(([, child]) => child !== undefined);
  const element = Object.fromEntries(children.map(([name, child]) => [name, toElement(child)]));
  if (!isElement(attributes)) return element;
  const written = Object.entries(attributes).map(([name, text]) => [`@_${name}`, String(text)]);
  return { ...Object.fromEntries(written), ...element };
}

function isElement(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
