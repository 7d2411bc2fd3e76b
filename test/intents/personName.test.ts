import { personNameOf } from '../../src/intents/personName.ts';

describe('personNameOf', () => {
  it.each([
    ['Ada Lovelace', { full: 'Ada Lovelace', first: 'Ada', last: 'Lovelace' }],
    [' Lovelace,  Ada ', { full: 'Ada Lovelace', first: 'Ada', last: 'Lovelace' }],
    ['Maria del Carmen Ruiz', { full: 'Maria del Carmen Ruiz', first: 'Maria del Carmen', last: 'Ruiz' }],
    ['Plato', { full: 'Plato', last: 'Plato' }],
    ['  ', undefined],
    [undefined, undefined],
  ])('reads %p', (text, name) => {
    expect(personNameOf(text)).toEqual(name);
  });
});
