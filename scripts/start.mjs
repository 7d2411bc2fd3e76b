import { requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
const { runDesk } = await import('../packages/testkit/fromSources.ts');
await runDesk(process.argv.slice(2));
