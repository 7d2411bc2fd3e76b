import { readXmlBody, writeXmlBody } from '../../../../../sandbox/org/rest/http/xmlBody.ts';

describe('readXmlBody', () => {
  it.each([
    '<a><__proto__>x</__proto__></a>',
    '<a><constructor>x</constructor></a>',
    '<a>'.repeat(3000) + '</a>'.repeat(3000),
    '<a>',
    '<a b=">',
  ])('refuses %.40s', (xml) => {
    expect(() => readXmlBody(xml)).toThrow(
      expect.objectContaining({ status: 400, errorCode: 'XML_PARSER_ERROR' }) as Error,
    );
  });

  it('gives the record inside the root element', () => {
    const text = '<?xml version="1.0"?><Account><Name>A &amp; B</Name><Site/></Account>';
    expect(readXmlBody(text)).toEqual({ Name: 'A & B', Site: '' });
  });

  it('reads nil elements as null', () => {
    const text = '<Account xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Phone xsi:nil="true"/></Account>';
    expect(readXmlBody(text)).toEqual({ Phone: null });
  });

  it('takes attributes of a record, but no names of namespaces', () => {
    const text =
      '<r xmlns="urn:x" xmlns:xsi="urn:y"><records type="Account" referenceId="1" xsi:type="a"><Name>B</Name></records></r>';
    expect(readXmlBody(text)).toEqual({ records: { attributes: { type: 'Account', referenceId: '1' }, Name: 'B' } });
  });

  it('refuses XML that is not well-formed', () => {
    expect(() => readXmlBody('<Account><Name></Account>')).toThrow();
  });

  it('does not expand entities of a document type', () => {
    const text = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Account><Name>&x;</Name></Account>';
    let read: unknown;
    try {
      read = readXmlBody(text);
    } catch {
      read = 'refused';
    }
    expect(JSON.stringify(read)).not.toContain('root:');
  });
});

describe('writeXmlBody', () => {
  it('writes records with their type and address as attributes and null as nil', () => {
    const record = { attributes: { type: 'Account', url: '/u' }, Name: 'A & B', Phone: null };
    expect(writeXmlBody({ totalSize: 1, done: true, records: [record] }, { root: 'QueryResult' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        '<QueryResult xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><totalSize>1</totalSize><done>true</done>' +
        '<records type="Account" url="/u"><Name>A &amp; B</Name><Phone xsi:nil="true"></Phone></records></QueryResult>',
    );
  });

  it('writes errors as Salesforce does', () => {
    const body = [{ errorCode: 'NOT_FOUND', message: 'No' }];
    expect(writeXmlBody(body, { root: 'Errors', item: 'Error' })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Errors><Error><errorCode>NOT_FOUND</errorCode><message>No</message></Error></Errors>',
    );
  });

  it('writes keys that name no element as entries, and leaves out characters XML does not have', () => {
    const body = { results: { '001A': { Name: 'a\u0000b' }, '003B': null } };
    const xml = writeXmlBody(body, { root: 'Result' });
    expect(xml).toContain(
      '<entry name="001A"><value><Name>ab</Name></value></entry><entry name="003B"><value xsi:nil="true">',
    );
    expect(() => readXmlBody(xml)).not.toThrow();
  });

  it('puts the items of a list into one element where the answer has it so', () => {
    const xml = writeXmlBody({ results: [{ a: 1 }, { a: 2 }] }, { root: 'r', lists: { results: 'result' } });
    expect(xml).toContain('<r><results><result><a>1</a></result><result><a>2</a></result></results></r>');
  });
});
