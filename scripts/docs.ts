/** Writes the pages and samples under docs/ that are made from code; with --check it only compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { failureCodes, type FailureCode } from '../src/outcomes/failure.ts';
import { failureMeanings } from '../src/outcomes/failureMeanings.ts';
import { outcomes, type Retry, type SessionAfter, type Stage } from '../src/outcomes/outcomes.ts';
import { providerConfiguration } from '../src/provider/configuration.ts';
import { desktopConfigurationPage, sampleDirectory, sampleManifest } from './docs/desktopPages.ts';
import { headersPage } from './docs/headersPage.ts';
import { jsonSchema } from './docs/jsonSchema.ts';
import { protocolPage } from './docs/protocolPage.ts';
import { recipesPage } from './docs/recipesPage.ts';
import { cell, configurationRows } from './docs/schemaTable.ts';

const repository = path.resolve(import.meta.dirname, '..');

function configurationPage(): string {
  return `# Configuration

<!-- Generated from src/provider/configuration.ts by \`npm run docs\`. -->

One object configures the provider. In the container it is \`customSettings.salesforceInterop\` of the manifest
(see \`app.json\`); in HERE Core Web it is the member \`provider\` of \`/config.json\` on the provider's own origin. A wrong
configuration stops the provider with a message that names each wrong path.

On a server (\`npm run provider:node -- --config FILE\`) the file holds the same object, with three differences: \`redirectUri\`
and \`recordViewUrl\` may be left out, as no page is shown; \`orgs\` has one entry, whose \`orgUrl\` may be
\`https://login.salesforce.com\` or \`https://test.salesforce.com\` for the JWT bearer flow (apps then call \`connect()\` without an
address); and \`flow\`, \`silentSignInTimeoutMs\`, \`rememberSession\` and the sign-in window have no meaning, as \`--flow\` says how
the provider signs in. Apps are listed by \`uuid\`. Keys and secrets have no place in it: a file that holds one is refused.

| path | type | default | meaning |
| --- | --- | --- | --- |
${configurationRows(jsonSchema(providerConfiguration)).join('\n')}
`;
}

function errorsPage(): string {
  const rows = (Object.keys(failureCodes) as FailureCode[]).map(
    (name) =>
      `| \`${name}\` | \`${failureCodes[name]}\` | ${cell(failureMeanings[name].cause)} | ${cell(failureMeanings[name].remedy)} |`,
  );
  return `# Errors

<!-- Generated from src/outcomes/failure.ts and src/outcomes/failureMeanings.ts by \`npm run docs\`. -->

Every failure has a stable \`code\`, the error class that the client throws for it, a sentence for a person, and where
there was an answer its \`status\` and \`data\`. \`correlationId\` joins it to the provider's audit trail. A code that a newer
provider sends and this client does not know is kept as it is.

| code | class | what happened | what helps |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const stageNames: Record<Stage, string> = {
  discovery: 'Before a sign-in',
  authorize: 'The authorize page',
  code: 'Exchanging the code',
  device: 'Device flow: getting a code',
  poll: 'Device flow: waiting',
  server: 'Server-side flow',
  refresh: 'Renewing the session',
  revoke: 'Revoking',
  request: 'A request',
  window: 'The window and the person',
};
const sessionNames: Record<SessionAfter, string> = {
  none: 'none yet',
  kept: 'kept',
  signInRequired: 'needs a sign-in',
  ended: 'over',
};
const retryNames: Record<Retry, string> = {
  now: 'at once, once, by itself',
  nowIfRead: 'a read once, by itself; else when asked again',
  later: 'by itself, later',
  onRequest: 'when asked again',
  afterSignIn: 'after signing in',
  no: 'no',
};

function outcomesPage(): string {
  const rows = outcomes.map(
    ({ id, stages, what, code: failureCode, sentence, session, retry }) =>
      `| \`${id}\` | ${stages.map((stage) => stageNames[stage]).join(', ')} | ${cell(what)} | \`${failureCode}\` (${failureCodes[failureCode]}) | ${cell(sentence)} | ${sessionNames[session]} | ${retryNames[retry]} |`,
  );
  return `# Outcomes

<!-- Generated from src/outcomes/outcomes.ts, which is what decides, by \`npm run docs\`. -->

Everything that an org, a network, a window or a person can answer, and what becomes of it. The first row of a stage that
fits decides. A failure carries the name of its row as \`reason\`, besides the coarser \`code\` of [errors](errors.md). What
the org itself said is in \`data.error\` and \`data.error_description\`; for requests, message and data are Salesforce's own.

| reason | where | what happened | code (class) | sentence for the person | session | tried again |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const pages = {
  'docs/configuration.md': configurationPage(),
  'docs/errors.md': errorsPage(),
  'docs/headers.md': headersPage(),
  'docs/outcomes.md': outcomesPage(),
  'docs/protocol.md': protocolPage(),
  'docs/recipes.md': recipesPage(repository),
  'docs/desktop-configuration.md': desktopConfigurationPage(),
  'app.json': sampleManifest(),
  'public/app-directory.json': sampleDirectory(),
};
const stale = Object.entries(pages).filter(([file, text]) => {
  try {
    return readFileSync(path.join(repository, file), 'utf8') !== text;
  } catch {
    return true;
  }
});
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`${stale.map(([file]) => file).join(', ')} no longer says what the code says: run npm run docs.`);
    process.exit(1);
  }
} else {
  for (const [file, text] of stale) writeFileSync(path.join(repository, file), text);
  console.log(
    stale.length > 0 ? `Wrote ${stale.map(([file]) => file).join(', ')}` : 'The generated pages are up to date.',
  );
}
