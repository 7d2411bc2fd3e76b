/**
 * # Read all rows of a query
 *
 * Page after page, however many there are; leaving the loop gives up the page ahead.
 */
import { query, select, soql, type SalesforceConnection } from 'salesforce-interop-client';

/** Revenue by industry, of all accounts that the person may see. */
export async function revenueByIndustry(salesforce: SalesforceConnection): Promise<Map<string, number>> {
  const accounts = select('Account', ['Industry', 'AnnualRevenue'], soql`WHERE AnnualRevenue > ${0}`);
  const revenue = new Map<string, number>();
  for await (const { Industry, AnnualRevenue } of query(salesforce, accounts)) {
    const industry = Industry ?? 'Other';
    revenue.set(industry, (revenue.get(industry) ?? 0) + (AnnualRevenue ?? 0));
  }
  return revenue;
}
