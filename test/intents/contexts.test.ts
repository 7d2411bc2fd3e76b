import {
  contactContext,
  contactListContext,
  contextExamples,
  organizationContext,
} from '../../src/intents/contexts.ts';

const schemas = {
  'fdc3.contact': contactContext,
  'fdc3.contactList': contactListContext,
  'fdc3.organization': organizationContext,
} as const;

describe('context schemas', () => {
  it.each(Object.keys(schemas) as (keyof typeof schemas)[])('take the example of %s as it is', (type) => {
    expect(schemas[type].parse(contextExamples[type])).toEqual(contextExamples[type]);
  });

  it.each([
    [contactContext, { ...contextExamples['fdc3.contact'], type: 'fdc3.organization' }],
    [contactContext, { ...contextExamples['fdc3.contact'], id: { email: ['a@b.c'] } }],
    [contactContext, { ...contextExamples['fdc3.contact'], name: { first: 'Ada' } }],
    [contactListContext, { type: 'fdc3.contactList', contacts: [] }],
    [contactListContext, { type: 'fdc3.contactList', contacts: [{ type: 'fdc3.instrument', id: {} }] }],
    [organizationContext, { ...contextExamples['fdc3.organization'], id: { LEI: 5493001 } }],
  ])('refuse near misses', (schema, context) => {
    expect(schema.safeParse(context).success).toBe(false);
  });

  it('keep members they do not know', () => {
    expect(contactContext.parse({ type: 'fdc3.contact', id: { CRM: '7' }, mood: 'calm' })).toMatchObject({
      id: { CRM: '7' },
      mood: 'calm',
    });
  });
});
