/** Runs the provider on a server; see --help. */
import { requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../src/provider/hosts/node/main.ts');
process.exit(await main(process.argv.slice(2), process.env));
