import { industries, leadSources, products } from '../database/schema/account.ts';
import { makeLei } from './lei.ts';
import type { SeedContext } from './seedContext.ts';
import { cities, companyFirst, companySecond, streets } from './words.ts';
import type { City } from './words.ts';

const ratings = ['Hot', 'Warm', 'Cold'];
const accountTypes = [
  'Prospect',
  'Customer - Direct',
  'Customer - Direct',
  'Customer - Direct',
  'Counterparty',
  'Partner',
];
const london = cities[0] as City;
const chicago = cities[14] as City;

/** Two accounts of Salesforce's own sample org, which demos of the field look for by name. */
const wellKnown = [
  {
    city: { ...chicago, region: 'EMEA' as const },
    values: {
      Name: 'Dickenson plc',
      Type: 'Customer - Channel',
      Phone: '(785) 241-6200',
      Fax: '(785) 241-6201',
      Website: 'dickenson-consulting.com',
      AccountNumber: 'CC634267',
      Industry: 'Consulting',
      AnnualRevenue: 50_000_000,
      NumberOfEmployees: 120,
      Ownership: 'Private',
      BillingStreet: '1301 Hoch Drive',
      BillingCity: 'Lawrence',
      BillingState: 'KS',
      BillingPostalCode: '66045',
      BillingCountry: 'USA',
      BillingLatitude: 38.9543,
      BillingLongitude: -95.2558,
      BillingGeocodeAccuracy: 'Street',
      Rating: 'Warm',
      Sic: '6752',
    },
  },
  {
    city: { ...chicago, region: 'EMEA' as const },
    values: {
      Name: 'Grand Hotels & Resorts Ltd',
      Type: 'Customer - Direct',
      Phone: '(312) 596-1000',
      Fax: '(312) 596-1500',
      Website: 'www.grandhotels.com',
      AccountNumber: 'CD439877',
      Industry: 'Hospitality',
      AnnualRevenue: 500_000_000,
      NumberOfEmployees: 5600,
      Ownership: 'Public',
      TickerSymbol: 'GHTL',
      Ticker__c: 'GHTL',
      Rating: 'Warm',
      Sic: '2439',
      BillingStreet: '2334 N. Michigan Avenue, Suite 1500',
      BillingCity: 'Chicago',
      BillingState: 'IL',
      BillingPostalCode: '60601',
      BillingCountry: 'USA',
      BillingLatitude: 41.8819,
      BillingLongitude: -87.6278,
      BillingGeocodeAccuracy: 'Street',
      Description: 'Chain of hotels and resorts across the US, UK, Eastern Europe, Japan, and SE Asia.',
    },
  },
] as const;

/** Letters of the name, then of the serial, so that no two tickers are alike. */
function tickerOf(name: string, serial: number): string {
  const letters = name.replaceAll(/[^A-Za-z]/g, '').toUpperCase();
  const tail = serial.toString(26).replaceAll(/./g, (digit) => String.fromCharCode(65 + Number.parseInt(digit, 26)));
  return `${letters.slice(0, 2)}${tail.padStart(2, 'X')}`;
}

function companyName(context: SeedContext, serial: number, city: City): string {
  const first = companyFirst[serial % companyFirst.length] ?? 'Alpha';
  const round = Math.floor(serial / companyFirst.length);
  const second = companySecond[(serial * 7 + round * 3) % companySecond.length] ?? 'Group';
  const number = Math.floor(serial / (companyFirst.length * companySecond.length));
  return `${first} ${second}${number > 0 ? ` ${number + 1}` : ''} ${context.random.chance(0.15) ? 'Group ' : ''}${city.legalForm}`;
}

function productsOf(context: SeedContext): string {
  return products.filter(() => context.random.chance(0.3)).join(';');
}

function ownerFor(context: SeedContext, region: string): string {
  return context.random.pick(context.users.filter((user) => user.role === 'banker' && user.region === region)).id;
}

function addressOf(context: SeedContext, city: City): Record<string, string | number | null> {
  return {
    BillingStreet: `${context.random.int(1, 240)} ${context.random.pick(streets)}`,
    BillingCity: city.city,
    BillingState: city.state,
    BillingPostalCode: city.postalCode,
    BillingCountry: city.country,
    BillingLatitude: city.latitude,
    BillingLongitude: city.longitude,
    BillingGeocodeAccuracy: 'City',
  };
}

function phoneIn(context: SeedContext, city: City): string {
  return `${city.dialling} ${context.random.int(200, 899)} ${context.random.int(1000, 9999)}`;
}

function generated(
  context: SeedContext,
  serial: number,
): { name: string; city: City; values: Record<string, string | number | null> } {
  const { random } = context;
  const city = random.pick(cities);
  const name = companyName(context, serial, city);
  const listed = random.chance(0.6);
  const parent = serial > 20 && random.chance(0.3) ? random.pick(context.accounts.slice(2, 120)).id : null;
  const ticker = listed ? tickerOf(name, serial) : null;
  const values = {
    Name: name,
    Type: random.pick(accountTypes),
    ParentId: parent,
    ...addressOf(context, city),
    Phone: phoneIn(context, city),
    Website: `https://www.${domainOf(name)}`,
    AccountNumber: `NB${String(100_000 + serial)}`,
    Industry: random.pick(industries),
    AnnualRevenue: Math.round(10 ** (7 + random.next() * 4)),
    NumberOfEmployees: Math.round(10 ** (1.5 + random.next() * 3.5)),
    Ownership: parent ? 'Subsidiary' : listed ? 'Public' : 'Private',
    TickerSymbol: ticker,
    Ticker__c: ticker,
    Rating: random.chance(0.2) ? null : random.pick(ratings),
    Sic: String(random.int(1000, 8999)),
    AccountSource: random.pick(leadSources),
    Description: random.chance(0.5) ? `${name} is a ${city.region} client of the bank, based in ${city.city}.` : null,
  };
  return { name, city, values };
}

/** `Kestrel Foods plc` -> `kestrelfoods.example`. */
export function domainOf(name: string): string {
  const words = name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9 ]/g, '')
    .toLowerCase()
    .split(' ');
  return `${words.slice(0, 2).join('')}.example`;
}

/** Clients, prospects and counterparties; some belong to another account. */
export function seedAccounts(context: SeedContext): void {
  const count = context.scaled(300);
  for (let serial = 0; serial < Math.max(count, wellKnown.length + 1); serial += 1) {
    const known = wellKnown[serial];
    const { name, city, values } = known
      ? { name: known.values.Name, city: known.city, values: known.values }
      : generated(context, serial);
    const region = known ? london.region : city.region;
    const ownerId = known ? (context.users[1]?.id ?? '') : ownerFor(context, region);
    const created = -random(context, 30, 1800);
    const id = context.insert('Account', {
      ...values,
      OwnerId: ownerId,
      LEI__c: makeLei('9845', 7_000_000_000 + serial * 7919),
      Region__c: region,
      Products__c: productsOf(context) || null,
      CleanStatus: 'Pending',
      CreatedDate: context.dateTime(created),
      LastModifiedDate: context.dateTime(created / random(context, 2, 40)),
    });
    context.accounts.push({
      id,
      name,
      ownerId,
      city,
      domain: known ? known.values.Website.replace('www.', '') : domainOf(name),
    });
  }
}

function random(context: SeedContext, low: number, high: number): number {
  return low + context.random.next() * (high - low);
}
