import { readFileSync } from 'node:fs';
import { appDirectoryDocument } from '../../src/core-web/appDirectory.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';

const record = readFileSync(new URL('../../public/app-directory.json', import.meta.url), 'utf8');

describe('the app directory record that platforms copy', () => {
  it('declares exactly the intents that are handled', () => {
    const { applications: [provider] } = appDirectoryDocument.parse(JSON.parse(record));
    expect(provider?.interop?.intents?.listensFor).toEqual(describeIntents());
  });
});
