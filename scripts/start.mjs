import { requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
// oidc-provider warns of the runtime and of how the org embeds it; neither is for the person who runs this.
const { warn } = console;
console.warn = (...words) => void (String(words[0]).includes('oidc-provider WARNING') || warn(...words));
const { register } = await import('tsx/esm/api');
register();
const { runDesk } = await import('../packages/testkit/fromSources.ts');
await runDesk(process.argv.slice(2));
