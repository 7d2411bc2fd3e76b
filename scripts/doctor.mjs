/** Checks a set-up and says for each failure where it is mended; see --help. */
import { requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const { warn } = console;
console.warn = (...words) => void (String(words[0]).includes('oidc-provider WARNING') || warn(...words));
// Whoever reads the report may have seen enough of it (`| head`).
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(1);
});
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('./doctor/main.ts');
process.exitCode = await main(process.argv.slice(2), process.env);
