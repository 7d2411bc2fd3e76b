import fc from 'fast-check';
import { z } from 'zod';
import { readXmlBody, writeXmlBody } from '../../../../../sandbox/org/rest/http/xmlBody.ts';
import { fitToSchema } from '../../../../../sandbox/org/rest/http/xmlShape.ts';

const segment = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Text'), text: z.string() }),
  z.object({ type: z.literal('Count'), count: z.number() }),
]);
const message = z.object({
  segments: z.array(segment),
  names: z.array(z.string()).optional(),
  urgent: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())).optional(),
});
const read = (xml: string): unknown => fitToSchema(message, readXmlBody(xml));

describe('fitToSchema', () => {
  it('reads a list from repeated elements, from one, and from elements inside one', () => {
    const text = '<type>Text</type><text>a</text>';
    const one = { segments: [{ type: 'Text', text: 'a' }] };
    expect(read(`<message><segments>${text}</segments></message>`)).toEqual(one);
    expect(read(`<message><segments><segment>${text}</segment></segments></message>`)).toEqual(one);
    const two = { segments: [one.segments[0], { type: 'Count', count: 2 }] };
    const count = '<type>Count</type><count>2</count>';
    expect(read(`<message><segments>${text}</segments><segments>${count}</segments></message>`)).toEqual(two);
    const inside = `<segments><segment>${text}</segment><segment>${count}</segment></segments>`;
    expect(read(`<message>${inside}</message>`)).toEqual(two);
    expect(read('<message><segments/><names><name>x</name></names></message>')).toEqual({ segments: [], names: ['x'] });
  });

  it('tells a list of one record with one member from an element around records', () => {
    expect(read('<m><segments/><records><Name>a</Name></records></m>')).toMatchObject({ records: [{ Name: 'a' }] });
    const around = '<m><segments/><records><record type="Account"><Name>a</Name></record></records></m>';
    expect(read(around)).toMatchObject({ records: [{ attributes: { type: 'Account' }, Name: 'a' }] });
  });

  it('drops the root of a body inside a body', () => {
    expect(fitToSchema(message, { message: { segments: '' } })).toEqual({ segments: [] });
  });

  it('leaves what does not fit for the schema to refuse', () => {
    for (const value of ['text', { segments: { type: 'Count', count: 'many' } }, { segments: '', urgent: 'perhaps' }]) {
      expect(message.safeParse(fitToSchema(message, value)).success).toBe(false);
    }
  });

  it('reads every message back that was written as XML', () => {
    // XML readers drop white space around text, and an empty list leaves nothing behind.
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => `<${value}&>`);
    const segments = fc.oneof(
      fc.record({ type: fc.constant('Text'), text }),
      fc.record({ type: fc.constant('Count'), count: fc.integer() }),
    );
    const messages = fc.record({
      segments: fc.array(segments, { minLength: 1 }),
      names: fc.array(text, { minLength: 1 }),
      urgent: fc.boolean(),
    });
    fc.assert(
      fc.property(messages, (value) => {
        const written = writeXmlBody(value, { root: 'message' });
        expect(message.parse(fitToSchema(message, readXmlBody(written)))).toEqual(value);
      }),
    );
  });
});
