import { bareLetters } from './plainText.ts';

/**
 * Legal forms by what they are called in one country or another: all of a line are the same form. Libraries for this
 * (ports of cleanco) read ASCII letters only, and take `Inc.` and `Corp.` for one form, which companies are told apart
 * by.
 *
 * @see ISO 20275, Entity Legal Forms
 */
const forms: readonly (readonly string[])[] = [
  ['inc', 'incorporated'],
  ['corp', 'corporation'],
  ['co', 'company', 'compagnie', 'cie'],
  ['ltd', 'limited'],
  ['pty ltd', 'pty limited', 'proprietary limited', 'pty'],
  ['pvt ltd', 'private limited', 'pte ltd', 'pte limited', 'private ltd'],
  ['plc', 'public limited company'],
  ['llc', 'limited liability company'],
  ['llp', 'limited liability partnership'],
  ['lp', 'limited partnership'],
  ['gmbh', 'gesellschaft mit beschränkter haftung'],
  ['gmbh co kg', 'gmbh und co kg', 'gmbh and co kg'],
  ['ag co kg', 'ag und co kg'],
  ['se co kgaa', 'se und co kgaa'],
  ['ag', 'aktiengesellschaft'],
  ['kg', 'kommanditgesellschaft'],
  ['kgaa', 'kommanditgesellschaft auf aktien'],
  ['ohg'],
  ['ug', 'ug haftungsbeschränkt'],
  ['ek', 'e k'],
  ['se', 'societas europaea'],
  ['sa', 'société anonyme', 'sociedad anónima', 'spółka akcyjna'],
  ['sas', 'société par actions simplifiée'],
  ['sarl', 'société à responsabilité limitée'],
  ['sca'],
  ['snc'],
  ['spa', 'società per azioni'],
  ['srl', 'società a responsabilità limitata'],
  ['sl', 'sociedad limitada'],
  ['sapi de cv'],
  ['sa de cv', 'sab de cv'],
  ['ltda', 'limitada'],
  ['nv', 'naamloze vennootschap'],
  ['bv', 'besloten vennootschap'],
  ['bvba'],
  ['ab', 'aktiebolag'],
  ['abp', 'publ'],
  ['as', 'aksjeselskap', 'aktieselskab', 'anonim şirketi', 'aş'],
  ['asa'],
  ['aps'],
  ['oy', 'osakeyhtiö'],
  ['oyj'],
  ['sp z oo'],
  ['sro', 'spol s r o'],
  ['doo'],
  ['kft'],
  ['zrt'],
  ['nyrt'],
  ['ooo', 'ооо'],
  ['oao', 'оао'],
  ['pao', 'пао'],
  ['na', 'national association'],
  ['trust'],
  ['kk', 'kabushiki kaisha', '株式会社', '(株)', '㈱'],
  ['有限会社', '(有)', '㈲', 'yk', 'yugen kaisha'],
  ['合同会社'],
  ['有限公司', '有限责任公司'],
  ['股份有限公司'],
  ['주식회사', '(주)', '㈜'],
  ['sdn bhd', 'sendirian berhad'],
  ['bhd', 'berhad'],
  ['tbk'],
];

const formOf = new Map(forms.flatMap((names) => names.map((name) => [bareLetters(name), names[0]!] as const)));
/** Those that are written without a space before or after the name. */
const closeForms = forms.flat().filter((name) => /[^\p{ASCII}\p{Script=Latin}\p{Script=Cyrillic}]/u.test(name));
const mostWords = 5;

/** A name, and the legal form that was taken off it. */
export interface FormedName {
  bare: string;
  form: string | undefined;
}

const joins = /^(?:&|and|und|et|y|e|\+)$/iu;

/**
 * Takes the legal form off the end of a company's name, or off both ends where it is written without spaces. Never
 * takes the whole name.
 */
export function withoutLegalForm(name: string): FormedName {
  return closeForm(name) ?? formAtEnd(name) ?? { bare: name, form: undefined };
}

function closeForm(name: string): FormedName | undefined {
  const tight = name.trim();
  for (const form of closeForms) {
    const written = form.normalize('NFKC');
    const bare = tight.startsWith(written)
      ? tight.slice(written.length)
      : tight.endsWith(written)
        ? tight.slice(0, -written.length)
        : '';
    if (bare.trim() !== '') return { bare: bare.trim(), form: formOf.get(bareLetters(written)) };
  }
  return undefined;
}

function formAtEnd(name: string): FormedName | undefined {
  const words = name.split(/[\s,]+/u).filter(Boolean);
  for (let count = Math.min(mostWords, words.length - 1); count > 0; count -= 1) {
    const last = words.slice(-count).filter((word) => !joins.test(word));
    const form = last.length === 0 ? undefined : formOf.get(bareLetters(last.join(' ')));
    if (form === undefined) continue;
    const before = words.slice(0, -count);
    // `& Co.` and what stands before it: JPMorgan Chase & Co.
    while (before.length > 1 && joins.test(before.at(-1)!)) before.pop();
    const bare = before.join(' ');
    if (bareLetters(bare) !== '') return { bare, form };
  }
  return undefined;
}
