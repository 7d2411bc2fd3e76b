import { concerns } from '../../src/record-view/viewChannel.ts';

const home = { orgUrl: 'https://home.my.salesforce.com', consumerKey: 'desk' };
const view = { kind: 'record' as const, type: 'Contact', id: '003000000000001AAA' };

describe('a record view', () => {
  it("is told of the session it reads from, and of no other org's or app's", () => {
    expect(concerns({ ...view, ...home }, home)).toBe(true);
    expect(concerns({ ...view, ...home }, { ...home, orgUrl: 'https://emea.my.salesforce.com' })).toBe(false);
    expect(concerns({ ...view, ...home }, { ...home, consumerKey: 'research' })).toBe(false);
  });

  it('of a provider that names no org is told of all', () => {
    expect(concerns(view, home)).toBe(true);
  });
});
