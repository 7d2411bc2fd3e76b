import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readArguments } from '../../../sandbox/desk/arguments.ts';

describe('a list of apps for the desk', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'apps of the desk-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const apps = [{ appId: 'blotter', title: 'Blotter', url: 'http://localhost:5173/', usesSalesforce: true }];
  async function list(text: string): Promise<string> {
    const file = path.join(folder, 'apps.json');
    await writeFile(file, text);
    return file;
  }

  it('is read as editors of Windows write it', async () => {
    const file = await list(`\uFEFF${JSON.stringify(apps, null, 2).replaceAll('\n', '\r\n')}\r\n`);
    expect(await readArguments(['--apps', file])).toEqual({ apps });
  });

  it('is named in one sentence where it cannot be used, by the path as it was given', async () => {
    await expect(readArguments(['--apps', await list('[')])).rejects.toThrow(/apps\.json is not JSON\.$/);
    const windowsPath = String.raw`C:\Users\Kim & Co\apps.json`;
    await expect(readArguments(['--apps', windowsPath])).rejects.toThrow(
      `--apps ${windowsPath} cannot be read (ENOENT).`,
    );
  });
});
