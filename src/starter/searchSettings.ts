import { homeSettings } from '../home/homeSettings.ts';
import { z } from '../zod.ts';

const { mappings, iconMap } = homeSettings.unwrap().shape;

/** The `data` of OpenFin's sample integration in a platform's manifest, whose other members are passed over. */
export const searchSettings = z
  .looseObject({ orgUrl: z.string().min(1).optional(), consumerKey: z.string().min(1).optional(), mappings, iconMap })
  .prefault({});
