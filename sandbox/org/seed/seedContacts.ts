import type { StoredValue } from '../database/schema/objectDefinition.ts';
import { leadSources } from '../database/schema/account.ts';
import type { SeedContext } from './seedContext.ts';
import { departments, firstNames, lastNames, streets, titles } from './words.ts';

type Values = Record<string, StoredValue | boolean>;
type Account = SeedContext['accounts'][number];

/** People of the two well-known accounts, as in Salesforce's own sample org. */
const wellKnown: { account: number; values: Values }[] = [
  {
    account: 0,
    values: {
      FirstName: 'Andy',
      LastName: 'Young',
      Salutation: 'Mr.',
      Title: 'SVP, Operations',
      Department: 'Internal Operations',
      Phone: '(785) 241-6200',
      MobilePhone: '(785) 265-5350',
      Email: 'a_young@dickenson.com',
      Birthdate: '1956-07-02',
      LeadSource: 'Purchased List',
      Description: 'First contact of Dickenson plc for cash management and trade finance.',
    },
  },
  {
    account: 1,
    values: {
      FirstName: 'Tim',
      LastName: 'Barr',
      Salutation: 'Mr.',
      Title: 'SVP, Administration and Finance',
      Department: 'Finance',
      Phone: '(312) 596-1000',
      Fax: '(312) 596-1500',
      Email: 'barr_tim@grandhotels.com',
      Birthdate: '1933-10-22',
      LeadSource: 'Public Relations',
    },
  },
  {
    account: 1,
    values: {
      FirstName: 'John',
      LastName: 'Bond',
      Salutation: 'Mr.',
      Title: 'VP, Facilities',
      Department: 'Facilities',
      Phone: '(312) 596-1000',
      MobilePhone: '(312) 596-1563',
      Email: 'bond_john@grandhotels.com',
      Birthdate: '1931-12-20',
      LeadSource: 'Public Relations',
    },
  },
];

const plainNames = new Map<string, string>();

/** Letters an address may have: `Müller` -> `muller`. */
function plain(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const letters = name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();
  plainNames.set(name, letters);
  return letters;
}

function generated(context: SeedContext, account: Account): Values {
  const { random } = context;
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  const phone = (): string => `${account.city.dialling} ${random.int(200, 899)} ${random.int(1000, 9999)}`;
  return {
    FirstName: firstName,
    LastName: lastName,
    Salutation: random.chance(0.6) ? random.pick(['Mr.', 'Ms.', 'Mrs.', 'Dr.']) : null,
    Title: random.pick(titles),
    Department: random.pick(departments),
    Email: random.chance(0.85) ? `${plain(firstName)}.${plain(lastName)}@${account.domain}` : null,
    Phone: random.chance(0.9) ? phone() : null,
    MobilePhone: random.chance(0.5) ? phone() : null,
    LeadSource: random.chance(0.7) ? random.pick(leadSources) : null,
    Birthdate: random.chance(0.3)
      ? `${random.int(1955, 1998)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
      : null,
    HasOptedOutOfEmail: random.chance(0.08),
    DoNotCall: random.chance(0.05),
    Description: random.chance(0.1) ? 'Prefers to be called in the morning.' : null,
  };
}

function seedContact(context: SeedContext, account: Account, values: Values, managers: Map<string, string>): void {
  const { random } = context;
  const created = -(5 + random.next() * 1500);
  const manager = managers.get(account.id);
  const id = context.insert('Contact', {
    ...values,
    AccountId: account.id,
    OwnerId: account.ownerId,
    ReportsToId: manager && random.chance(0.6) ? manager : null,
    MailingStreet: `${random.int(1, 240)} ${random.pick(streets)}`,
    MailingCity: account.city.city,
    MailingState: account.city.state,
    MailingPostalCode: account.city.postalCode,
    MailingCountry: account.city.country,
    CleanStatus: 'Pending',
    CreatedDate: context.dateTime(created),
    LastModifiedDate: context.dateTime(created / (2 + random.next() * 30)),
  });
  if (!manager) managers.set(account.id, id);
  context.contacts.push({
    id,
    accountId: account.id,
    ownerId: account.ownerId,
    name: `${values['FirstName']} ${values['LastName']}`,
  });
}

/** People at the accounts; some share a name, some have no e-mail, most report to the first one of their account. */
export function seedContacts(context: SeedContext): void {
  const managers = new Map<string, string>();
  const count = context.scaled(3000);
  for (let serial = 0; serial < Math.max(count, wellKnown.length); serial += 1) {
    const known = wellKnown[serial];
    const account = known ? context.accounts[known.account] : context.random.pick(context.accounts);
    if (account) seedContact(context, account, known ? known.values : generated(context, account), managers);
  }
}
