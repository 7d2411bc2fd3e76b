import { readXmlBody, writeXmlBody } from '../../../../../sandbox/org/rest/http/xmlBody.ts';

describe('readXmlBody', () => {
  it('gives the record inside the root element', () => {
    const text = '<?xml version="1.0"?><Account><Name>A &amp; B</Name><Site/></Account>';
    expect(readXmlBody(text)).toEqual({ Name: 'A & B', Site: '' });
  });

  it('reads nil elements as null', () => {
    const text = '<Account xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Phone xsi:nil="true"/></Account>';
    expect(readXmlBody(text)).toEqual({ Phone: null });
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
});
