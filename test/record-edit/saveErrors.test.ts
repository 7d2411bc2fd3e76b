import { ApiRequestError } from '../../src/client/errors.ts';
import { saveErrorsOf } from '../../src/record-edit/saveErrors.ts';

const refused = (data: unknown): ApiRequestError => new ApiRequestError('refused', 400, { data });

describe('saveErrorsOf', () => {
  it('puts field errors of the User Interface API at the fields shown, others on top', () => {
    const error = refused({
      enhancedErrorType: 'RecordError',
      message: 'An error occurred while trying to update the record.',
      statusCode: 400,
      output: {
        errors: [{ message: 'Review the errors on this page.' }],
        fieldErrors: { LastName: [{ message: 'Complete this field.' }], Hidden__c: [{ message: 'Too long.' }] },
      },
    });
    expect(saveErrorsOf(error, ['LastName', 'Email'])).toEqual({
      general: ['Review the errors on this page.', 'Hidden__c: Too long.'],
      fields: { LastName: 'Complete this field.' },
      duplicates: [],
    });
  });

  it('shows the general sentence when nothing else is said', () => {
    const error = refused({ message: 'Use one of these records?', output: { errors: [], fieldErrors: {} } });
    expect(saveErrorsOf(error, [])).toEqual({ general: ['Use one of these records?'], fields: {}, duplicates: [] });
  });

  it('reads the REST form too', () => {
    const error = refused([
      { errorCode: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: x', fields: ['Email'] },
      { errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?' },
    ]);
    expect(saveErrorsOf(error, ['Email'])).toEqual({
      general: ['Use one of these records?'],
      fields: { Email: 'Email: invalid email address: x' },
      duplicates: [],
    });
  });

  it.each([new Error('x'), new ApiRequestError('Failed to fetch'), refused('plain text')])(
    'leaves other failures alone',
    (error) => {
      expect(saveErrorsOf(error, ['Email'])).toBeUndefined();
    },
  );
});
