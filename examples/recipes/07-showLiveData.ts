/**
 * # Show data that stays true
 *
 * Whoever changes a record, in this app, another one or Salesforce itself: the list is told, once.
 */
import { soql, subscribe, type SalesforceConnection, type Subscription } from 'salesforce-interop-client';

export interface OpenDeal {
  Id: string;
  Name: string;
  Amount: number | null;
}

/** @param show is called with all rows whenever they have changed, and with a sentence when they may be old */
export function openDeals(
  salesforce: SalesforceConnection,
  accountId: string,
  show: (deals: readonly OpenDeal[], note: string) => void,
): Subscription<OpenDeal> {
  const statement = soql`SELECT Id, Name, Amount FROM Opportunity WHERE AccountId = ${accountId} AND IsClosed = ${false} ORDER BY Name`;
  const deals = subscribe<OpenDeal>(salesforce, statement, (event) => {
    if (event.kind === 'end') show([], event.error.message);
    else if (event.kind === 'state') show(deals.records, event.message ?? '');
    else show(deals.records, '');
  });
  return deals;
}
