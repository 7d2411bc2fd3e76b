import type { RowStore } from '../database/rowStore.ts';
import type { OrgSchema } from '../database/schema/orgSchema.ts';
import { createRandom } from './random.ts';
import { seedAccounts } from './seedAccounts.ts';
import { seedContacts } from './seedContacts.ts';
import { createSeedContext } from './seedContext.ts';
import { seedCoverage, seedOpportunities } from './seedDeals.ts';
import { seedCampaignMembers, seedCampaigns, seedLeads } from './seedMarketing.ts';
import { seedCases, seedEvents, seedNotes, seedTasks } from './seedService.ts';
import { seedUsers } from './seedUsers.ts';

/** Any number will do; changing it changes every name in screenshots and docs. */
const SEED = 20_260_131;

/**
 * Fills an empty org with the CRM of a corporate and investment bank. The same on every run, except that dates lie
 * around `now`. Rows are stored without the checks of the API: the caller runs it in one transaction.
 *
 * @param options.contacts How many contacts; everything else keeps its proportion to them (3,000 make 300 accounts).
 *   With 0 there is none of it.
 */
export function seedOrg(options: { schema: OrgSchema; store: RowStore; now: number; contacts: number }): void {
  const { context, finish } = createSeedContext({ ...options, random: createRandom(SEED) });
  seedUsers(context);
  // An empty org: nothing but the people who can sign in.
  if (options.contacts === 0) return finish();
  seedAccounts(context);
  seedContacts(context);
  seedLeads(context);
  const campaigns = seedCampaigns(context);
  seedCampaignMembers(context, campaigns);
  seedOpportunities(context, campaigns);
  seedCoverage(context);
  seedCases(context);
  seedTasks(context);
  seedEvents(context);
  seedNotes(context);
  finish();
}
