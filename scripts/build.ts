import { buildSites } from '../packages/pages/build.ts';

const built = await buildSites((name, done, total) => console.log(`Building ${done + 1}/${total}: ${name}`));
if (!built) console.log('Client and pages are up to date.');
