import { recordHash, recordIdInHash } from '../../src/record-view/recordHash.ts';
import { makeRecordId } from '../../src/salesforce/recordId.ts';

describe('record addresses within the page', () => {
  it('lead back to the record', () => {
    const id = makeRecordId('500', 9);
    expect(recordIdInHash(recordHash('Case', id))).toBe(id);
  });

  it.each(['', '#', '#/Case', '#/Case/not-an-id', '#/Case/5003t00000000/x', '#heading'])(
    'name no record in %p',
    (hash) => {
      expect(recordIdInHash(hash)).toBeUndefined();
    },
  );
});
