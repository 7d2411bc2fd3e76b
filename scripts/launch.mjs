/** Starts app.json in the HERE Core desktop container, on a machine that has it. Run `npm start` first. */
import { giveUp, requireNode, requirePackages } from './install.mjs';

requireNode();
requirePackages();
const port = process.env.PORT ?? '7070';
const manifestUrl = process.argv[2] ?? `http://localhost:${port}/app.json`;
const answer = await fetch(manifestUrl).catch(() => undefined);
if (!answer?.ok) giveUp(`There is no manifest at ${manifestUrl}: run npm start in another terminal, then run this again.`);
if (!['win32', 'darwin'].includes(process.platform)) {
  giveUp(`The HERE Core container runs on Windows and macOS. There, open ${manifestUrl.replace(/^http/, 'fin')} in a browser, or run this command.`);
}
const { register } = await import('tsx/esm/api');
register();
const { keepForRuntime } = await import('../src/provider/hosts/node/runtimeEnvironment.ts');
// Read by now: HTTP_PROXY and the like stay, registry tokens of npm and whatever secret the shell holds do not.
keepForRuntime(process.env);
const { launch } = await import('@openfin/node-adapter');
try {
  await launch({ manifestUrl });
  console.log(`Launched ${manifestUrl}`);
} catch (error) {
  giveUp(`The HERE Core runtime did not start (${error instanceof Error ? error.message : error}). Install it from https://www.here.io/ and put your licence key into app.json.`);
}
