import { apiPaths, lightningRecordUrl, recordIdFromLink } from '../../src/salesforce/apiPaths.ts';
import { soql } from '../../src/salesforce/soqlQuoting.ts';

const id = '003D000000IRFmaIAH';

describe('apiPaths', () => {
  it('encodes whatever is variable', () => {
    expect(apiPaths.query(soql`SELECT Id FROM A WHERE b = ${'x&y#z'}`)).toBe(
      "/services/data/vXX.X/query?q=SELECT%20Id%20FROM%20A%20WHERE%20b%20%3D%20'x%26y%23z'",
    );
    expect(apiPaths.sobjectRow('Contact', '../../oauth2')).toBe(
      '/services/data/vXX.X/sobjects/Contact/..%2F..%2Foauth2',
    );
  });

  it('encodes half a letter beyond the BMP as a URL parser does (D15)', () => {
    const half = '\u{20BB7}'.charAt(0);
    expect(apiPaths.query(soql`SELECT Id FROM A WHERE b = ${half}`)).toContain('%EF%BF%BD');
    expect(apiPaths.sobjectRow('Contact', `a${half}`)).toBe(`${apiPaths.sobject('Contact')}/a%EF%BF%BD`);
    expect(apiPaths.search('\u{20BB7}')).toContain('%F0%A0%AE%B7');
  });

  it('asks for several records in one record-ui request', () => {
    expect(apiPaths.recordUi([id, id])).toBe(
      `/services/data/vXX.X/ui-api/record-ui/${id},${id}?layoutTypes=Full&modes=View`,
    );
  });
});

describe('record links', () => {
  it('are read back to the record they were made for', () => {
    const link = lightningRecordUrl('https://acme.my.salesforce.com', 'Contact', id);
    expect(link).toBe(`https://acme.my.salesforce.com/lightning/r/Contact/${id}/view`);
    expect(recordIdFromLink(link)).toBe(id);
  });

  it.each([
    [`https://acme.lightning.force.com/lightning/r/${id}/view`],
    [`https://acme.my.salesforce.com/${id.slice(0, 15)}`],
    [`https://acme.my.salesforce.com/${id.toLowerCase()}?nooverride=1`],
  ])('understands %s', (link) => {
    expect(recordIdFromLink(link)).toBe(id);
  });

  it.each([
    ['not a link'],
    ['https://acme.my.salesforce.com/lightning/o/Contact/list'],
    ['https://acme.my.salesforce.com/services/data/v66.0'],
    ['https://acme.my.salesforce.com/lightning/r/Contact/003D000000IRFma999/view'],
  ])('finds no record in %s', (link) => {
    expect(recordIdFromLink(link)).toBeUndefined();
  });
});
