import fc from 'fast-check';
import type { RecordState } from '../../src/record-edit/recordState.ts';
import type { FormField, FormInput } from '../../src/record-view/formFields.ts';
import { changesOf, firstTicks, isSameToPerson, profileRows, ticksAfter } from '../../src/record-view/profileRows.ts';

const field = (name: string, input: FormInput = 'text'): FormField => ({
  name,
  label: name,
  input,
  required: false,
  maxLength: undefined,
  options: [],
  controller: undefined,
});
const fieldsOf = (...fields: FormField[]) => new Map(fields.map((one) => [one.name, one]));
const stateOf = (values: Record<string, unknown>): RecordState => ({
  type: 'Contact',
  id: '003',
  fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
  readAt: 0,
});
const fields = fieldsOf(field('Title'), field('Email', 'email'), field('Phone', 'tel'), field('MobilePhone', 'tel'));
const values = [
  { fields: ['Title'], value: 'Countess' },
  { fields: ['Email'], value: 'ada@engines.example' },
  { fields: ['Phone', 'MobilePhone'], value: '+44 20 7946 0018' },
];
const nobodyLocks = (): boolean => false;

describe('what an app says beside what is there', () => {
  it('fills what is empty, and leaves what somebody has filled until it is ticked', () => {
    const state = stateOf({ Title: 'Baroness', Email: null, Phone: '+1 555 0100', MobilePhone: null });
    const rows = profileRows(values, fields, state, nobodyLocks);
    expect(rows.map(({ field: { name }, kind }) => [name, kind])).toEqual([
      ['Title', 'different'],
      ['Email', 'empty'],
      ['Phone', 'different'],
    ]);
    expect(changesOf(rows, firstTicks(rows))).toEqual({ Email: 'ada@engines.example' });
    expect(changesOf(rows, ['Title'])).toEqual({ Title: 'Countess' });
  });

  it('asks about nothing that is there already, in whichever field and however it is written', () => {
    const state = stateOf({
      Title: ' countess',
      Email: 'Ada@Engines.example',
      Phone: null,
      MobilePhone: '020 7946 0018',
    });
    const rows = profileRows(values, fields, state, nobodyLocks);
    expect(rows.map(({ kind }) => kind)).toEqual(['same', 'same', 'same']);
    expect(changesOf(rows, ['Title', 'Email', 'MobilePhone'])).toEqual({});
  });

  it('never writes what the person may not change, or does not see', () => {
    const state = stateOf({ Title: 'Baroness', Phone: null });
    const rows = profileRows(
      values,
      fieldsOf(field('Title'), field('Phone', 'tel')),
      state,
      (name) => name === 'Title',
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['locked', 'empty']);
    expect(changesOf(rows, ['Title', 'Phone'])).toEqual({ Phone: '+44 20 7946 0018' });
  });

  it('takes the tick away where somebody else has changed the field meanwhile', () => {
    const before = stateOf({ Title: null, Email: null, Phone: null });
    const theirs = stateOf({ Title: 'Duchess', Email: null, Phone: null });
    const rows = profileRows(values, fields, theirs, nobodyLocks);
    expect(ticksAfter(rows, ['Title', 'Email'], before, theirs)).toEqual({ ticked: ['Email'], changed: ['Title'] });
  });

  it('writes only what is ticked, whatever there is and whatever is said', () => {
    const text = fc.oneof(fc.constant(null), fc.string({ maxLength: 12 }));
    const names = ['Title', 'Email', 'Phone'];
    fc.assert(
      fc.property(
        fc.record({ Title: text, Email: text, Phone: text }),
        fc.array(fc.string({ minLength: 1 })),
        fc.subarray(names),
        (there, said, ticked) => {
          const rows = profileRows(
            said.slice(0, 3).map((value, at) => ({ fields: [names[at]!], value })),
            fields,
            stateOf(there),
            nobodyLocks,
          );
          const changes = changesOf(rows, ticked);
          for (const name of Object.keys(changes)) expect(ticked).toContain(name);
          // By itself nothing is overwritten.
          for (const name of Object.keys(changesOf(rows, firstTicks(rows))))
            expect(there[name as 'Title']?.trim() ?? '').toBe('');
        },
      ),
    );
  });

  it.each<[FormInput, string, string, boolean]>([
    ['tel', '+44 20 7946 0018', '(020) 7946-0018', true],
    ['tel', '+44 20 7946 0018', '+44 20 7946 0019', false],
    ['tel', '123', '5550123', false],
    ['url', 'https://www.engines.example/', 'engines.example', true],
    ['text', 'Zoë', 'Zoe\u0308', true],
    ['text', 'Zoë', 'Zoe', false],
  ])('%s: “%s” and “%s” are the same: %s', (input, one, other, expected) => {
    expect(isSameToPerson({ input }, one, other)).toBe(expected);
  });
});
