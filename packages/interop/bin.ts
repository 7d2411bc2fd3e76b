/** The command `salesforce-interop` of the installed package. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../src/command/runProcess.ts';
import { loadTestKit } from './loadTestKit.ts';

const environment = { ...process.env };
// Whatever this process starts could read the secret in its own environment.
delete process.env['SALESFORCE_CLIENT_SECRET'];
const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'package.json'), 'utf8')) as {
  version: string;
};
await runProcess(environment, { version, pagesFolder: path.join(import.meta.dirname, 'pages'), loadTestKit });
