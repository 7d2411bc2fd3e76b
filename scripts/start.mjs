import { requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const { register } = await import('tsx/esm/api');
register();
const { start } = await import('../sandbox/desk/start.ts');
await start();
