import { buildSites } from '../sandbox/desk/buildSites.ts';
import { buildClient } from './buildClient.ts';

await buildClient();
const built = await buildSites((name, done, total) => console.log(`Building pages ${done + 1}/${total}: ${name}`));
if (!built) console.log('Pages are up to date.');
