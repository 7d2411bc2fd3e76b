/** Runs the provider on a server; see --help. */
import { requireNode, requirePackages } from './install.mjs';

const environment = { ...process.env };
// Before anything is started, npm among it: whatever this process starts could read the secret in its own environment.
delete process.env.SALESFORCE_CLIENT_SECRET;
requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../src/provider/hosts/node/main.ts');
process.exit(await main(process.argv.slice(2), environment));
