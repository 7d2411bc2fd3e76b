/** What a form knows of changes that somebody else has made. */
import {
  afterMerge,
  changedElsewhere,
  formOf,
  stateOf,
  typedValues,
  withMerge,
  withTheirs,
  type ContactForm,
} from '../../../sandbox/apps/contacts/contactEdit.ts';
import type { ContactRecord } from '../../../sandbox/apps/contacts/contactRecords.ts';
import { undecided, withChoice } from '../../../src/record-edit/merge.ts';

const base = { Id: '003', FirstName: 'Ada', LastName: 'Lovelace', Title: '', Department: '', Email: null, Phone: '1' };
const contact = (changes: object = {}) => ({ ...base, ...changes }) as unknown as ContactRecord;
function form(values: object, theirs: object): ContactForm {
  const begun = formOf(contact());
  return { ...begun, values: { ...begun.values, ...values }, theirs: stateOf(contact(theirs)) };
}

it('saves what was typed, and nothing that was not', () => {
  expect(typedValues(form({ Title: 'Countess', Phone: '' }, { Department: 'Engines' }))).toEqual({
    Title: 'Countess',
    Phone: null,
  });
});

it('tells what others have changed, unless the same is typed here', () => {
  expect(changedElsewhere(form({ Title: 'Countess ' }, { Title: 'Countess', Phone: '2' }))).toEqual(['Phone']);
  expect(changedElsewhere(form({ Title: 'Countess' }, {}))).toEqual([]);
});

it('takes over what others have changed, and keeps the rest of what was typed', () => {
  const taken = withTheirs(form({ Title: 'Countess', Phone: '3' }, { Phone: '2' }));
  expect(taken.values).toMatchObject({ Title: 'Countess', Phone: '2' });
  expect(typedValues(taken)).toEqual({ Title: 'Countess' });
});

it('goes on from what was chosen, where both have changed the same', () => {
  const typed = form({ Title: 'Countess', Phone: '3', Email: 'a@b.example' }, {});
  const asked = withMerge(typed, stateOf(contact({ Title: 'Lady', Phone: '2', Department: 'Engines' })));
  expect(undecided(asked.merge!)).toEqual(['Title', 'Phone']);
  const chosen = withChoice(withChoice(asked.merge!, 'Title', 'theirs'), 'Phone', 'mine');
  const after = afterMerge(asked, chosen);
  expect(after.values).toMatchObject({ Title: 'Lady', Phone: '3', Department: 'Engines', Email: 'a@b.example' });
  expect(typedValues(after)).toEqual({ Phone: '3', Email: 'a@b.example' });
});
