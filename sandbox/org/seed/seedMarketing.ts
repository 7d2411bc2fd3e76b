import { industries, leadSources } from '../database/schema/account.ts';
import { leadStatuses } from '../database/schema/lead.ts';
import { domainOf } from './seedAccounts.ts';
import type { SeedContext } from './seedContext.ts';
import { cities, companyFirst, companySecond, firstNames, lastNames, streets, titles } from './words.ts';

const campaignNames = [
  'Treasury Forum',
  'ESG Financing Roadshow',
  'Trade Finance Webinar',
  'FX Outlook',
  'Leveraged Finance Conference',
];
const campaignTypes = ['Conference', 'Roadshow', 'Webinar', 'Research', 'Conference'];

/** People and companies that are not clients yet. */
export function seedLeads(context: SeedContext): void {
  const { random } = context;
  for (let serial = 0; serial < context.scaled(400); serial += 1) {
    const city = random.pick(cities);
    const company = `${random.pick(companyFirst)} ${random.pick(companySecond)} Ventures`;
    const firstName = random.pick(firstNames);
    const lastName = random.pick(lastNames);
    const ownerId = random.pick(
      context.users.filter((user) => user.role === 'banker' && user.region === city.region),
    ).id;
    const plain = (name: string): string =>
      name
        .normalize('NFD')
        .replaceAll(/[^A-Za-z]/g, '')
        .toLowerCase();
    const created = -random.int(1, 400);
    const id = context.insert('Lead', {
      FirstName: firstName,
      LastName: lastName,
      Company: company,
      Title: random.pick(titles),
      Status: random.pick(leadStatuses.filter((status) => status !== 'Closed - Converted')),
      Email: random.chance(0.8) ? `${plain(firstName)}@${domainOf(company)}` : null,
      Phone: `${city.dialling} ${random.int(200, 899)} ${random.int(1000, 9999)}`,
      Street: `${random.int(1, 240)} ${random.pick(streets)}`,
      City: city.city,
      State: city.state,
      PostalCode: city.postalCode,
      Country: city.country,
      Industry: random.pick(industries),
      Rating: random.pick(['Hot', 'Warm', 'Cold']),
      LeadSource: random.pick(leadSources),
      AnnualRevenue: Math.round(10 ** (6 + random.next() * 3)),
      NumberOfEmployees: random.int(10, 4000),
      CleanStatus: 'Pending',
      OwnerId: ownerId,
      CreatedDate: context.dateTime(created),
      LastModifiedDate: context.dateTime(created * random.next()),
    });
    context.leads.push({ id, ownerId });
  }
}

/** Conferences and roadshows. Returns their ids. */
export function seedCampaigns(context: SeedContext): string[] {
  const { random } = context;
  const year = Number(context.date(0).slice(0, 4));
  return Array.from({ length: context.scaled(20) }, (_, serial) => {
    const start = 400 - serial * 40;
    const kind = serial % campaignNames.length;
    return context.insert('Campaign', {
      Name: `${campaignNames[kind]} ${year - Math.floor(serial / campaignNames.length) + 1}`,
      Type: campaignTypes[kind] ?? 'Other',
      Status: start > 0 ? 'Planned' : start > -40 ? 'In Progress' : 'Completed',
      StartDate: context.date(start),
      EndDate: context.date(start + random.int(1, 20)),
      IsActive: start > -40,
      BudgetedCost: random.int(20, 200) * 1000,
      ExpectedRevenue: random.int(1, 40) * 100_000,
      ExpectedResponse: random.int(2, 40),
      NumberSent: random.int(50, 2000),
      OwnerId: random.pick(context.users).id,
      CreatedDate: context.dateTime(Math.min(start, 0) - 60),
    });
  });
}

/** Who was invited, and who answered. */
export function seedCampaignMembers(context: SeedContext, campaigns: readonly string[]): void {
  const { random } = context;
  for (const CampaignId of campaigns) {
    const invited = new Set<string>();
    for (let member = random.int(10, 30); member > 0; member -= 1) {
      const lead = random.chance(0.3);
      const person = lead ? random.pick(context.leads).id : random.pick(context.contacts).id;
      if (invited.has(person)) continue;
      invited.add(person);
      context.insert('CampaignMember', {
        CampaignId,
        [lead ? 'LeadId' : 'ContactId']: person,
        Status: random.chance(0.35) ? 'Responded' : 'Sent',
        CreatedDate: context.dateTime(-random.int(1, 200)),
      });
    }
  }
}
