import { products } from './account.ts';
import {
  checkbox,
  date,
  idField,
  lookup,
  multiPicklist,
  percent,
  picklist,
  readOnly,
  required,
  text,
  textArea,
} from './fieldBuilders.ts';
import { regions } from './account.ts';
import { defineObject } from './defineObject.ts';
import { auditFields, isDeletedField, ownerField, viewedFields } from './systemFields.ts';

export const tiers = ['Platinum', 'Gold', 'Silver', 'Bronze'];

/** Which banker covers which account for which product: the custom object of a corporate and investment bank. */
export const coverage = defineObject({
  name: 'Coverage__c',
  label: 'Coverage',
  labelPlural: 'Coverages',
  keyPrefix: 'a01',
  feedEnabled: true,
  fields: [
    idField(),
    ownerField(),
    isDeletedField(),
    text('Name', 80, {
      ...readOnly,
      nillable: false,
      nameField: true,
      autoNumber: true,
      label: 'Coverage Number',
      searchGroup: 'name',
    }),
    ...auditFields(),
    ...viewedFields(),
    lookup('Account__c', 'Account', 'Coverages__r', { ...required, cascadeDelete: true }),
    lookup('Banker__c', 'User', 'Coverages__r', required),
    picklist('Product__c', products, { ...required, restrictedPicklist: true }),
    picklist('Tier__c', tiers, { restrictedPicklist: true, defaultValue: 'Silver' }),
    multiPicklist('Regions__c', regions),
    checkbox('Primary__c', { label: 'Primary Coverage' }),
    percent('Share_of_Wallet__c', { label: 'Share of Wallet', scale: 1 }),
    date('Start_Date__c', { label: 'Start Date' }),
    textArea('Notes__c', 255, { searchGroup: 'text' }),
  ],
  compactLayout: ['Name', 'Account__c', 'Banker__c', 'Product__c', 'Tier__c'],
});
