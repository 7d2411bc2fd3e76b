import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfigurationFile } from '../../../../src/provider/hosts/node/configurationFile.ts';

const org = { orgUrl: 'https://acme.my.salesforce.com', consumerKey: '3MVG9.key' };
const minimal = { orgs: [org], allowedApps: [{ name: 'Blotter', uuid: 'blotter' }] };

describe('the configuration file of the server-side host', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'configuration-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function read(content: unknown) {
    const file = path.join(folder, 'provider.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readConfigurationFile(file);
  }

  it('needs no pages of a desktop, and remembers nothing', async () => {
    expect(await read(minimal)).toMatchObject({
      orgs: [org],
      allowedApps: [{ uuid: 'blotter', role: 'app' }],
      rememberSession: false,
    });
    expect(await read({ ...minimal, rememberSession: true })).toMatchObject({ rememberSession: false });
  });

  it('takes that of a desktop as it is', async () => {
    const redirectUri = 'https://provider.bank.example/signed-in.html';
    expect(await read({ ...minimal, redirectUri, recordViewUrl: 'https://record.bank.example/' })).toMatchObject({
      redirectUri,
    });
  });

  it('takes the login host that an org shares, which pages are refused', async () => {
    expect(await read({ ...minimal, orgs: [{ ...org, orgUrl: 'https://test.salesforce.com' }] })).toMatchObject({
      orgs: [{ orgUrl: 'https://test.salesforce.com' }],
    });
    await expect(read({ ...minimal, orgs: [{ ...org, orgUrl: 'https://evilsalesforce.com' }] })).rejects.toThrow(
      /orgs\.0\.orgUrl: is not a Salesforce org/,
    );
  });

  it('is read as editors of Windows write it', async () => {
    const text = `\uFEFF${JSON.stringify(minimal, null, 2).replaceAll('\n', '\r\n')}\r\n`;
    expect(await read(text)).toMatchObject({ orgs: [org] });
  });

  it('serves one org', async () => {
    await expect(read({ ...minimal, orgs: [org, { ...org, consumerKey: 'other' }] })).rejects.toThrow(
      /orgs: must be one org/,
    );
  });

  it.each([
    ['a client secret', { ...minimal, orgs: [{ ...org, clientSecret: 'hush-hush' }] }, 'orgs.0.clientSecret'],
    ['a password', { ...minimal, password: 'hush-hush' }, 'password'],
    [
      'a private key by another name',
      { ...minimal, orgs: [{ ...org, key: '-----BEGIN PRIVATE KEY-----\nhush-hush' }] },
      'orgs.0.key',
    ],
  ])('refuses %s by its path, and does not repeat it', async (_what, content, where) => {
    const refused = await read(content).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(refused).toContain(`holds a secret at ${where}:`);
    expect(refused).not.toContain('hush-hush');
  });

  it('says what is wrong with a file that cannot be used, without repeating it', async () => {
    await expect(readConfigurationFile(path.join(folder, 'none.json'))).rejects.toThrow(/none\.json does not exist\.$/);
    await expect(read('{ "clientSecret": "hush-hush" ')).rejects.toThrow(/provider\.json is not JSON\.$/);
    await expect(read({ ...minimal, allowedApps: [{ name: 'Nobody' }], apiVersion: '66' })).rejects.toThrow(
      /is wrong: .*allowedApps\.0\.origin.*; apiVersion|is wrong: .*apiVersion.*allowedApps\.0\.origin/,
    );
  });
});
