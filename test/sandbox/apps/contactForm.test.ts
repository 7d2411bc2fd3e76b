/** What a form knows of changes that somebody else has made. */
import { changedElsewhere, typedValues, type ContactForm } from '../../../sandbox/apps/contacts/contactForm.ts';

const base = { FirstName: 'Ada', LastName: 'Lovelace', Title: '', Department: '', Email: '', Phone: '1' };
const form = (values: object, theirs: object): ContactForm => ({
  base,
  values: { ...base, ...values },
  theirs: { ...base, ...theirs },
  fieldErrors: {},
  otherErrors: [],
  saving: false,
});

it('saves what was typed, and nothing that was not', () => {
  expect(typedValues(form({ Title: 'Countess', Phone: '' }, { Department: 'Engines' }))).toEqual({
    Title: 'Countess',
    Phone: '',
  });
});

it('tells what others have changed, unless the same is typed here', () => {
  expect(changedElsewhere(form({ Title: 'Countess ' }, { Title: 'Countess', Phone: '2' }))).toEqual(['Phone']);
  expect(changedElsewhere(form({ Title: 'Countess' }, {}))).toEqual([]);
});
