import {
  contactContext,
  contactListContext,
  contextExamples,
  emailContext,
  organizationContext,
  recordContext,
} from '../../src/intents/contexts.ts';

const schemas = {
  'fdc3.contact': contactContext,
  'fdc3.contactList': contactListContext,
  'fdc3.organization': organizationContext,
  'fdc3.email': emailContext,
  'salesforce.record': recordContext,
} as const;

describe('context schemas', () => {
  it.each(Object.keys(schemas) as (keyof typeof schemas)[])('take the example of %s as it is', (type) => {
    expect(schemas[type].parse(contextExamples[type])).toEqual(contextExamples[type]);
  });

  it.each([
    [contactContext, { ...contextExamples['fdc3.contact'], type: 'fdc3.organization' }],
    [contactListContext, { type: 'fdc3.contactList', contacts: [] }],
    [contactListContext, { type: 'fdc3.contactList', contacts: 'Ada' }],
    [contactListContext, { type: 'fdc3.contactList', contacts: [{ type: 'fdc3.instrument', id: {} }] }],
  ])('refuse near misses', (schema, context) => {
    expect(schema.safeParse(context).success).toBe(false);
  });

  it('read what apps really send: null, numbers, lists of addresses, a text for the id or the company', () => {
    expect(contactContext.parse({ type: 'fdc3.contact', id: null, name: null, company: null })).toMatchObject({
      id: {},
    });
    expect(contactContext.parse({ type: 'fdc3.contact', id: { email: ['a@b.example', 7] }, name: 12 })).toMatchObject({
      id: { email: 'a@b.example' },
      name: '12',
    });
    expect(contactContext.parse({ type: 'fdc3.contact', id: '003', name: { first: 'Ada' }, company: 'Acme' })).toEqual({
      type: 'fdc3.contact',
      id: { SALESFORCE: '003' },
      name: undefined,
      company: { name: 'Acme' },
    });
    expect(contactListContext.parse({ type: 'fdc3.contactList', contacts: [null, { name: 'Ada' }] }).contacts).toEqual([
      { type: 'fdc3.contact', name: 'Ada', id: {} },
    ]);
  });

  it('cut what is longer than any name', () => {
    expect(organizationContext.parse({ type: 'fdc3.organization', id: {}, name: 'x'.repeat(9_000) }).name).toHaveLength(
      2_000,
    );
  });

  it('keep members they do not know', () => {
    expect(contactContext.parse({ type: 'fdc3.contact', id: { CRM: '7' }, mood: 'calm' })).toMatchObject({
      id: { CRM: '7' },
      mood: 'calm',
    });
  });
});
