/** The embedded org as a process of its own. */
import { runOrg } from './runOrg.ts';

await runOrg(process.argv.slice(2));
