import { decide, type Candidate, type Evidence } from '../../src/matching/evidence.ts';

const candidate = (row: string, evidence: Partial<Evidence>): Candidate<string> => ({
  row,
  evidence: { agrees: [], differs: [], score: 0, sureBy: undefined, hasSameName: false, hasOwn: false, ...evidence },
});
const whole = { isNameWhole: true, hasMore: false };

describe('decide', () => {
  it('takes the only one that is sure, and puts all into order', () => {
    const finding = decide([candidate('a', { score: 1 }), candidate('b', { score: 9, sureBy: 'name' })], whole);
    expect(finding.beyondDoubt).toBe('b');
    expect(finding.candidates.map(({ row }) => row)).toEqual(['b', 'a']);
  });

  it('takes nobody where two are equally sure', () => {
    const two = [candidate('a', { sureBy: 'own' }), candidate('b', { sureBy: 'own' })];
    expect(decide(two, whole).beyondDoubt).toBeUndefined();
  });

  it('takes the one of the two that has the name too', () => {
    const two = [candidate('a', { sureBy: 'own', hasSameName: true }), candidate('b', { sureBy: 'own' })];
    expect(decide(two, whole).beyondDoubt).toBe('a');
  });

  it('believes an id before all else', () => {
    const two = [candidate('a', { sureBy: 'id' }), candidate('b', { sureBy: 'own', hasSameName: true })];
    expect(decide(two, whole).beyondDoubt).toBe('a');
  });

  it('takes nobody by name where there may be others of that name', () => {
    expect(decide([candidate('a', { sureBy: 'name' })], { ...whole, isNameWhole: false }).beyondDoubt).toBeUndefined();
  });

  it('takes nobody by name where an identifier is that of another', () => {
    const two = [candidate('a', { sureBy: 'name' }), candidate('b', { hasOwn: true })];
    expect(decide(two, whole).beyondDoubt).toBeUndefined();
  });

  it('prefers those who are preferred', () => {
    const two = [candidate('lead', { sureBy: 'own' }), candidate('contact', { sureBy: 'own' })];
    expect(decide(two, { ...whole, isPreferred: (row) => row === 'contact' }).beyondDoubt).toBe('contact');
  });
});
