/** What a form makes of the fields of an object, and of what is typed into them. */
import { withoutInvalidChoices } from '../../src/record-view/editForm.ts';
import {
  apiValueOf,
  formSectionsOf,
  inputValueOf,
  optionsOf,
  type FormField,
} from '../../src/record-view/formFields.ts';
import { layout, objectInfo, picklistValues } from '../../src/record-view/uiApi.ts';

/** As the User Interface API guide describes a dependent picklist ("Picklist Values"). */
const info = objectInfo.parse({
  apiName: 'Deal__c',
  label: 'Deal',
  labelPlural: 'Deals',
  fields: Object.fromEntries(
    [
      { apiName: 'Country__c', dataType: 'Picklist' },
      { apiName: 'City__c', dataType: 'Picklist', controllerName: 'Country__c' },
      { apiName: 'Tags__c', dataType: 'MultiPicklist' },
      { apiName: 'Amount__c', dataType: 'Currency' },
      { apiName: 'Closed__c', dataType: 'Boolean', required: true },
      { apiName: 'Meeting__c', dataType: 'DateTime' },
      { apiName: 'Formula__c', dataType: 'String', updateable: false },
    ].map((field) => [field.apiName, { label: field.apiName, updateable: true, ...field }]),
  ),
});
const { picklistFieldValues: picklists } = picklistValues.parse({
  picklistFieldValues: {
    Country__c: { values: ['CH', 'US'].map((value) => ({ label: value, value, validFor: [] })) },
    City__c: {
      controllerValues: { CH: 0, US: 1 },
      values: [
        { label: 'Zürich', value: 'ZRH', validFor: [0] },
        { label: 'New York', value: 'NYC', validFor: [1] },
        { label: 'Geneva', value: 'GVA', validFor: [0, 1] },
      ],
    },
    Tags__c: { values: ['A', 'B'].map((value) => ({ label: value, value })) },
  },
});
const items = Object.keys(info.fields).map((apiName) => ({
  editableForUpdate: apiName !== 'Closed__c',
  layoutComponents: [{ apiName, componentType: 'Field' }],
}));
const fields = formSectionsOf({
  layout: layout.parse({ sections: [{ heading: 'Deal', layoutRows: [{ layoutItems: items }] }] }),
  info,
  picklists,
  mayFill: ({ updateable }, { editableForUpdate }) => updateable && editableForUpdate,
  currency: 'CHF',
}).flatMap((section) => section.fields);
const field = (name: string): FormField => fields.find((one) => one.name === `${name}__c`)!;

it('has no field that may not be changed, by its object or by the layout', () => {
  expect(field('Formula')).toBeUndefined();
  // Required in the object, so that it comes after the layout, where that has it for reading only.
  expect(fields.map(({ name }) => name).filter((name) => name === 'Closed__c')).toHaveLength(1);
});

it("names the record's own currency at an amount", () => {
  expect(field('Amount').label).toBe('Amount__c (CHF)');
});

it('offers in a dependent picklist what goes with the controlling field, and takes out what does not any more', () => {
  const values = (Country__c: string) => optionsOf(field('City'), { Country__c }).map(({ value }) => value);
  expect(values('CH')).toEqual(['ZRH', 'GVA']);
  expect(values('US')).toEqual(['NYC', 'GVA']);
  expect(values('')).toEqual([]);
  expect(withoutInvalidChoices(fields, { Country__c: 'US', City__c: 'ZRH' })).toMatchObject({ City__c: '' });
  expect(withoutInvalidChoices(fields, { Country__c: 'US', City__c: 'GVA' })).toMatchObject({ City__c: 'GVA' });
});

it('keeps a value that an administrator has taken off the list', () => {
  expect(optionsOf(field('Tags'), { Tags__c: 'A;Old' }).map(({ value }) => value)).toEqual(['A', 'B', 'Old']);
});

it('shows a moment in the time zone of the person, and saves the same moment', () => {
  const moment = '2026-07-01T22:30:00.000Z';
  const shown = inputValueOf(field('Meeting'), moment);
  expect(shown).toMatch(/^2026-07-0\dT\d\d:\d\d$/);
  expect(apiValueOf(field('Meeting'), shown)).toBe(moment);
  expect(inputValueOf(field('Meeting'), '2026-07-01T22:30:05.000Z')).toMatch(/:05$/);
});
