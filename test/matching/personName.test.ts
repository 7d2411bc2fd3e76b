import { compareNames, personNameOf } from '../../src/matching/personName.ts';

describe('personNameOf', () => {
  it.each([
    ['Ada Lovelace', { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', beside: '' }],
    [' Lovelace,  Ada ', { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', beside: '' }],
    ['Dr. Ada Lovelace, PhD', { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', beside: 'PhD' }],
    ['Lovelace, Ada (External)', { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', beside: 'External' }],
    ['Ludwig van Beethoven', { full: 'Ludwig van Beethoven', given: 'Ludwig', family: 'van Beethoven', beside: '' }],
    ['Plato', { full: 'Plato', given: '', family: 'Plato', beside: '' }],
    ['Ada\u200B\u00A0Lovelace', { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', beside: '' }],
  ])('reads %p', (text, name) => {
    expect(personNameOf(text)).toMatchObject(name);
  });

  it.each(['  ', undefined, '?!', '\u200B', ',', 'Dr'])(
    'finds no name in %p, or one that stands for itself',
    (text) => {
      expect(personNameOf(text)?.full ?? '').toBe(text === 'Dr' ? 'Dr' : '');
    },
  );
});

describe('compareNames', () => {
  const ada = { name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' };
  const jose = { name: 'José García Núñez', given: 'José', family: 'García Núñez' };
  const wang = { name: '小明 王', given: '小明', family: '王' };

  it.each([
    ['ADA LOVELACE', ada, 'same'],
    ['Lovelace, Ada', ada, 'same'],
    ['Mr. Ada Lovelace', ada, 'same'],
    ['Lovelace Ada', ada, 'order'],
    ['Ada King Lovelace', ada, 'more'],
    ['Ada Lovelace Jr.', ada, 'more'],
    ['A. Lovelace', ada, 'initial'],
    ['Lovelace', ada, 'family'],
    ['Augusta Lovelace', ada, 'given'],
    ['Ada Byron', ada, 'other'],
    ['Jose Garcia Nunez', jose, 'spelling'],
    ['José García', jose, 'more'],
    ['王 小明', wang, 'order'],
    ['王小明', wang, 'order'],
    ['王 小红', wang, 'given'],
    ['𠮷子 山本', { name: '𠮷子 田中', given: '𠮷子', family: '田中' }, 'other'],
    ['Juergen Mueller', { name: 'Jürgen Müller', given: 'Jürgen', family: 'Müller' }, 'spelling'],
    ["Siobhan O'Brien", { name: 'Siobhán O’Brien', given: 'Siobhán', family: 'O’Brien' }, 'spelling'],
  ] as const)('%s for %j: %s', (asked, known, relation) => {
    expect(compareNames(personNameOf(asked)!, known)).toBe(relation);
  });
});
