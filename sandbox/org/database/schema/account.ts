import { addressFields } from './addressFields.ts';
import { currency, idField, int, lookup, multiPicklist, phone, picklist, readOnly, required, text, textArea, url } from './fieldBuilders.ts';
import { defineObject } from './defineObject.ts';
import { auditFields, isDeletedField, lastActivityField, ownerField, viewedFields } from './systemFields.ts';

export const industries = [
  'Agriculture', 'Apparel', 'Banking', 'Biotechnology', 'Chemicals', 'Communications', 'Construction', 'Consulting',
  'Education', 'Electronics', 'Energy', 'Engineering', 'Entertainment', 'Environmental', 'Finance', 'Food & Beverage',
  'Government', 'Healthcare', 'Hospitality', 'Insurance', 'Machinery', 'Manufacturing', 'Media', 'Not For Profit',
  'Recreation', 'Retail', 'Shipping', 'Technology', 'Telecommunications', 'Transportation', 'Utilities', 'Other',
];
export const leadSources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Public Relations', 'Purchased List', 'Conference', 'Research', 'Other'];
export const cleanStatuses = ['Matched', 'Different', 'Acknowledged', 'NotFound', 'Inactive', 'Pending', 'SelectMatch', 'Skipped'];
export const products = [
  'Cash Management', 'Debt Capital Markets', 'Equity Capital Markets', 'FX & Rates', 'Leveraged Finance', 'Lending',
  'M&A Advisory', 'Securities Services', 'Trade Finance',
];
export const regions = ['Americas', 'EMEA', 'APAC'];

/** A legal entity the bank knows: client, prospect or counterparty. */
export const account = defineObject({
  name: 'Account',
  keyPrefix: '001',
  feedEnabled: true,
  fields: [
    idField(),
    isDeletedField(),
    lookup('MasterRecordId', 'Account', null, readOnly),
    text('Name', 255, { ...required, nameField: true, label: 'Account Name', searchGroup: 'name' }),
    picklist('Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Counterparty', 'Partner', 'Other'], { label: 'Account Type' }),
    lookup('ParentId', 'Account', 'ChildAccounts', { label: 'Parent Account ID' }),
    ...addressFields('Billing'),
    ...addressFields('Shipping'),
    phone('Phone', { label: 'Account Phone' }),
    phone('Fax', { label: 'Account Fax' }),
    text('AccountNumber', 40, { searchGroup: 'text' }),
    url('Website', { searchGroup: 'text' }),
    text('Sic', 20, { label: 'SIC Code' }),
    picklist('Industry', industries),
    currency('AnnualRevenue', { scale: 0 }),
    int('NumberOfEmployees', { label: 'Employees' }),
    picklist('Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    text('TickerSymbol', 20, { searchGroup: 'text' }),
    textArea('Description', 32000, { label: 'Account Description', searchGroup: 'text' }),
    picklist('Rating', ['Hot', 'Warm', 'Cold'], { label: 'Account Rating' }),
    text('Site', 80, { label: 'Account Site' }),
    ownerField(),
    ...auditFields(),
    lastActivityField('WhatId'),
    ...viewedFields(),
    picklist('CleanStatus', cleanStatuses, { length: 40, restrictedPicklist: true }),
    picklist('AccountSource', leadSources),
    text('LEI__c', 20, { label: 'LEI', externalId: true, unique: true, searchGroup: 'text' }),
    text('Ticker__c', 12, { externalId: true, searchGroup: 'text' }),
    picklist('Region__c', regions, { restrictedPicklist: true }),
    multiPicklist('Products__c', products, { label: 'Products' }),
  ],
  layoutSections: [
    {
      heading: 'Account Information',
      fields: ['OwnerId', 'Name', 'ParentId', 'AccountNumber', 'Site', 'Type', 'Industry', 'AnnualRevenue', 'Rating', 'Phone', 'Fax',
        'Website', 'TickerSymbol', 'Ownership', 'NumberOfEmployees', 'Sic'],
    },
    { heading: 'Coverage', fields: ['LEI__c', 'Ticker__c', 'Region__c', 'Products__c'] },
    { heading: 'Address Information', fields: ['BillingAddress', 'ShippingAddress'] },
    { heading: 'Description Information', fields: ['Description'] },
  ],
  compactLayout: ['Name', 'Type', 'Phone', 'Website', 'OwnerId', 'Industry', 'LEI__c'],
});
