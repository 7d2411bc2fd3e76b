import { readFileSync } from 'node:fs';
import { readAppDirectory } from '../../src/core-web/appDirectory.ts';
import { describeIntents } from '../../src/intents/describeIntents.ts';

const record = readFileSync(new URL('../../public/app-directory.json', import.meta.url), 'utf8');

describe('the app directory record that platforms copy', () => {
  it('declares exactly the intents that are handled', () => {
    const [provider] = readAppDirectory(JSON.parse(record), (problem) => {
      throw new Error(problem);
    });
    expect(provider?.interop?.intents?.listensFor).toEqual(describeIntents());
  });
});
