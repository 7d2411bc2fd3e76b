import { recordIdsInContext } from '../../src/intents/recordIdsInContext.ts';
import { makeRecordId } from '../../src/salesforce/recordId.ts';

const contact = makeRecordId('003', 7);
const account = makeRecordId('001', 7);

describe('recordIdsInContext', () => {
  it.each([
    [{ SALESFORCE: contact }],
    [{ SALESFORCE: contact.slice(0, 15) }],
    [{ salesforceId: contact.toLowerCase() }],
    [{ salesforce: contact }],
    [{ SALESFORCE: '', salesforce: contact.slice(0, 15) }],
    [{ URI: `https://acme.my.salesforce.com/lightning/r/Contact/${contact}/view` }],
    [{ SALESFORCE: 'from another system', salesforceId: contact }],
    [{ SALESFORCE: account, URI: `https://acme.my.salesforce.com/${contact}` }],
  ])('finds the contact in %j', (ids) => {
    expect(recordIdsInContext(ids)).toContain(contact);
  });

  it.each([
    [{}],
    [{ SALESFORCE: account }],
    [{ SALESFORCE: `${contact.slice(0, 15)}999` }],
    [{ URI: 'https://acme.my.salesforce.com/home' }],
  ])('finds no contact in %j', (ids) => {
    expect(recordIdsInContext(ids)).not.toContain(contact);
  });
});
