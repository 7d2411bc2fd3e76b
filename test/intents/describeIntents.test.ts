import { readFileSync } from 'node:fs';
import { readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';

const record = readFileSync(new URL('../../public/app-directory.json', import.meta.url), 'utf8');

describe('ViewOrders and ViewHoldings', () => {
  const mapping = { object: 'Holding__c', label: 'Holdings', fields: ['Name'], orderBy: 'CreatedDate' };

  it('are declared only where an object is mapped to them, with the contexts that it has rows for', () => {
    expect(Object.keys(describeIntents())).not.toEqual(expect.arrayContaining(['ViewOrders']));
    const declared = describeIntents({
      ViewOrders: { ...mapping, Contact: 'Client__c' },
      ViewHoldings: { ...mapping, Account: 'Account__c' },
    });
    expect(declared.ViewOrders).toEqual({ contexts: ['fdc3.contact'], resultType: 'fdc3.contact' });
    expect(declared.ViewHoldings).toEqual({
      contexts: ['fdc3.contact', 'fdc3.organization', 'fdc3.instrument'],
      resultType: 'fdc3.organization',
    });
    const ofBoth = describeIntents({ ViewOrders: { ...mapping, Contact: 'Client__c', Account: 'Account__c' } });
    expect(ofBoth.ViewOrders).toEqual({ contexts: ['fdc3.contact', 'fdc3.organization', 'fdc3.instrument'] });
    expect(ofBoth).not.toHaveProperty('ViewHoldings');
  });
});

describe('the app directory record that platforms copy', () => {
  it('declares exactly the intents that are handled', () => {
    const [provider] = readAppDirectory(JSON.parse(record), (problem) => {
      throw new Error(problem);
    });
    expect(provider?.interop?.intents?.listensFor).toEqual(describeIntents());
  });
});
