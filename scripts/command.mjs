/** Runs the command `salesforce-interop` from its sources: node scripts/command.mjs COMMAND [flags]. */
import { requireNode, requirePackages } from './install.mjs';

const environment = { ...process.env };
// Before anything is started, npm among it: whatever this process starts could read the secret in its own environment.
delete process.env.SALESFORCE_CLIENT_SECRET;
requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
const { runFromSources } = await import('../packages/interop/runFromSources.ts');
await runFromSources(environment);
