import { compareCompanies, companyNameOf } from '../../src/matching/companyName.ts';

describe('companyNameOf', () => {
  it.each([
    ['Acme, Inc.', 'Acme', 'inc'],
    ['Acme Incorporated', 'Acme', 'inc'],
    ['Société Générale S.A.', 'Société Générale', 'sa'],
    ['Otto GmbH & Co. KG', 'Otto', 'gmbh co kg'],
    ['JPMorgan Chase & Co.', 'JPMorgan Chase', 'co'],
    ['Telstra Proprietary Limited', 'Telstra', 'pty ltd'],
    ['株式会社トヨタ自動車', 'トヨタ自動車', 'kk'],
    ['トヨタ自動車㈱', 'トヨタ自動車', 'kk'],
    ['A.P. Møller - Mærsk A/S', 'A.P. Møller - Mærsk', 'as'],
    ['Cohen', 'Cohen', undefined],
    ['Inc.', 'Inc.', undefined],
    ['Trust', 'Trust', undefined],
  ])('takes %s apart', (name, bare, form) => {
    expect(companyNameOf(name)).toMatchObject({ bare, form });
  });

  it.each(['', '  ', '...', null, undefined])('finds no name in %p', (text) => {
    expect(companyNameOf(text)).toBeUndefined();
  });
});

describe('compareCompanies', () => {
  it.each([
    ['ACME  INC', 'Acme, Inc.', 'same'],
    ['Acme Incorporated', 'Acme, Inc.', 'same'],
    ['Acme', 'Acme, Inc.', 'formless'],
    ['Acme Corp', 'Acme, Inc.', 'form'],
    ['Societe Generale SA', 'Société Générale S.A.', 'spelling'],
    ['J.P. Morgan Chase & Co.', 'JPMorgan Chase & Co.', 'spelling'],
    ['The Acme Group', 'Acme Inc.', 'like'],
    ['IBM', 'International Business Machines Corporation', 'like'],
    ['J P Morgan', 'JPMorgan Chase & Co.', 'like'],
    ['Fidelity Holdings', 'Fidelity Group', 'like'],
    ['Acme Rockets', 'Apex Rockets', 'other'],
  ] as const)('%s for %s: %s', (asked, known, relation) => {
    expect(compareCompanies(companyNameOf(asked)!, companyNameOf(known)!)).toBe(relation);
  });
});
