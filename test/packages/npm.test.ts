import { existsSync } from 'node:fs';
import { npmCommand, runNpm } from '../../packages/npm.mjs';

const node = String.raw`C:\Program Files\nodejs\node.exe`;
const besideNode = String.raw`C:\Program Files\nodejs\node_modules\npm\bin\npm-cli.js`;
const ofPerson = String.raw`C:\Users\Kim & Co\AppData\Roaming\npm\node_modules\npm\bin\npm-cli.js`;

describe('npm', () => {
  it('is run by its own JavaScript on Windows, where it is a batch file that needs a shell', () => {
    const environment = { Path: String.raw`C:\Windows;C:\Users\Kim & Co\AppData\Roaming\npm;` };
    const on = (...files: string[]) =>
      npmCommand({ platform: 'win32', node, environment, exists: (file) => files.includes(file) });
    expect(on(besideNode)).toEqual({ file: node, arguments: [besideNode] });
    expect(on(ofPerson)).toEqual({ file: node, arguments: [ofPerson] });
    expect(() => on()).toThrow('install Node.js');
  });

  it('is the one that has started this process, and not another package manager that has', () => {
    const started = (file: string, platform: NodeJS.Platform) =>
      npmCommand({ platform, node, environment: { npm_execpath: file }, exists: () => true });
    expect(started(ofPerson, 'win32')).toEqual({ file: node, arguments: [ofPerson] });
    expect(started(String.raw`C:\tools\yarn.cjs`, 'win32')).toEqual({ file: node, arguments: [besideNode] });
    expect(started('/opt/npm/bin/npm-cli.js', 'linux')).toEqual({ file: node, arguments: ['/opt/npm/bin/npm-cli.js'] });
    expect(started('/opt/yarn.cjs', 'linux')).toEqual({ file: 'npm', arguments: [] });
  });

  it('runs here, without a shell', async () => {
    expect((await runNpm(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+/);
    const { file, arguments: before } = npmCommand({ environment: {} });
    expect(before.length === 0 ? file : existsSync(before[0]!)).toBeTruthy();
  });
});
