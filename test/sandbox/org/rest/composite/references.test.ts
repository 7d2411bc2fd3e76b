import {
  resolveText,
  resolveValue,
  UnresolvedReference,
} from '../../../../../sandbox/org/rest/composite/references.ts';

const answers = new Map<string, unknown>([
  ['account', { id: '001A', employees: 12 }],
  ['found', { records: [{ Id: '003A', Account: { Name: 'A & B' } }] }],
  ['list', [{ id: '003B' }]],
]);

describe('resolveText', () => {
  it('replaces fields and list items of earlier answers', () => {
    expect(resolveText('/x/@{account.id}/@{found.records[0].Account.Name}', answers)).toBe('/x/001A/A & B');
    expect(resolveText('@{list[0].id}', answers)).toBe('003B');
  });

  it('encodes values for addresses', () => {
    expect(resolveText('?q=@{found.records[0].Account.Name}', answers, encodeURIComponent)).toBe('?q=A%20%26%20B');
  });

  it('names the whole path of a reference without a value', () => {
    expect(() => resolveText('@{list[3].id}', answers)).toThrow(new UnresolvedReference('list[3].id', 'list'));
    expect(() => resolveText('@{missing.id}', answers)).toThrow(
      'Invalid reference specified. No value for missing.id found in missing',
    );
  });

  it('does not reach what JSON does not hold', () => {
    expect(() => resolveText('@{account.constructor}', answers)).toThrow(UnresolvedReference);
  });
});

describe('resolveValue', () => {
  it('keeps the type of a value that is one reference', () => {
    expect(resolveValue({ a: ['@{account.employees}', 'n=@{account.employees}'] }, answers)).toEqual({
      a: [12, 'n=12'],
    });
  });
});
