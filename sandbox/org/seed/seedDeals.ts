import { products } from '../database/schema/account.ts';
import { tiers } from '../database/schema/coverage.ts';
import { stages } from '../database/schema/opportunity.ts';
import type { SeedContext } from './seedContext.ts';

const types = ['New Mandate', 'Follow-on Mandate', 'Refinancing', 'Renewal'];
const roles = ['Decision Maker', 'Economic Buyer', 'Executive Sponsor', 'Influencer', 'Evaluator'];
const nextSteps = ['Send term sheet', 'Credit committee', 'Pitch on site', 'Agree fees', 'Sign mandate letter'];

function seedOpportunity(context: SeedContext, contactsOf: Map<string, string[]>, campaigns: readonly string[]): void {
  const { random } = context;
  const account = random.pick(context.accounts);
  const stage = random.pick(stages);
  const close = stage.closed ? -random.int(1, 500) : random.int(-20, 300);
  const created = Math.min(close, 0) - random.int(5, 300);
  const name = `${account.name} - ${random.pick(products)}`;
  const id = context.insert('Opportunity', {
    Name: name.slice(0, 120),
    AccountId: account.id,
    OwnerId: account.ownerId,
    StageName: stage.name,
    CloseDate: context.date(close),
    Amount: random.chance(0.92) ? Math.round(10 ** (5 + random.next() * 3.3)) : null,
    Type: random.pick(types),
    NextStep: stage.closed ? null : random.pick(nextSteps),
    LeadSource: random.chance(0.4) ? 'Partner Referral' : null,
    CampaignId: random.chance(0.2) ? random.pick(campaigns) : null,
    IsPrivate: false,
    CreatedDate: context.dateTime(created),
    LastModifiedDate: context.dateTime(created * random.next()),
    LastStageChangeDate: context.dateTime(created * random.next()),
  });
  context.opportunities.push({ id, accountId: account.id, ownerId: account.ownerId, name, closed: stage.closed });
  const people = contactsOf.get(account.id) ?? [];
  people.slice(0, random.int(0, 2)).forEach((contactId, index) => {
    context.insert('OpportunityContactRole', {
      OpportunityId: id,
      ContactId: contactId,
      Role: random.pick(roles),
      IsPrimary: index === 0,
    });
  });
}

/** Contacts by account. */
export function contactsByAccount(context: SeedContext): Map<string, string[]> {
  const byAccount = new Map<string, string[]>();
  for (const contact of context.contacts) {
    const people = byAccount.get(contact.accountId);
    if (people) people.push(contact.id);
    else byAccount.set(contact.accountId, [contact.id]);
  }
  return byAccount;
}

/** Mandates and deals, some with the people who decide about them. */
export function seedOpportunities(context: SeedContext, campaigns: readonly string[]): void {
  const contactsOf = contactsByAccount(context);
  for (let serial = 0; serial < context.scaled(800); serial += 1) seedOpportunity(context, contactsOf, campaigns);
}

/** Who covers whom for which product. */
export function seedCoverage(context: SeedContext): void {
  const { random } = context;
  const bankers = context.users.filter((user) => user.role === 'banker');
  for (let serial = 0; serial < context.scaled(400); serial += 1) {
    const account = context.accounts[serial % context.accounts.length] ?? random.pick(context.accounts);
    const primary = serial < context.accounts.length;
    context.insert('Coverage__c', {
      Account__c: account.id,
      Banker__c: primary ? account.ownerId : random.pick(bankers).id,
      OwnerId: account.ownerId,
      Product__c: random.pick(products),
      Tier__c: random.pick(tiers),
      Regions__c: ['Americas', 'EMEA', 'APAC']
        .filter((region) => region === account.city.region || random.chance(0.25))
        .join(';'),
      Primary__c: primary,
      Share_of_Wallet__c: random.int(1, 60),
      Start_Date__c: context.date(-random.int(30, 2000)),
      Notes__c: random.chance(0.2) ? 'Reviewed with the credit committee.' : null,
      CreatedDate: context.dateTime(-random.int(10, 900)),
    });
  }
}
