import { webAddress } from '../webAddress.ts';
import { z } from '../zod.ts';
import { mappings } from './mappings.ts';

/** The part of the configuration that the search has. */
export const homeSettings = z
  .strictObject({
    mappings: mappings
      .optional()
      .describe(
        "What is searched and shown, as in the `mappings` of OpenFin's sample integration. Left out: accounts, contacts, opportunities, cases, tasks, notes and Chatter.",
      ),
    iconMap: z
      .record(z.string(), webAddress)
      .default({})
      .describe('Addresses of icons, by the keys that `iconKey` of a mapping or an action names.'),
  })
  .prefault({});
