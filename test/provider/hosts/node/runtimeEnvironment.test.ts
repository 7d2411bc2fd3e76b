import { keepForRuntime } from '../../../../src/provider/hosts/node/runtimeEnvironment.ts';

const secrets = {
  SALESFORCE_CLIENT_SECRET: 'hush',
  SALESFORCE_PRIVATE_KEY_FILE: 'server.key',
  VAULT_TOKEN: 'hush',
  Path_Of_Key: 'server.key',
};

describe('what a runtime that is started inherits', () => {
  it.each([
    ['Windows', { Path: 'C:\\Windows', LOCALAPPDATA: 'C:\\Users\\kim\\AppData\\Local', 'ProgramFiles(x86)': 'C:\\x' }],
    ['other systems', { PATH: '/usr/bin', HOME: '/home/kim', LC_ALL: 'de_DE.UTF-8', XDG_RUNTIME_DIR: '/run/user/1' }],
  ])('is what a program needs on %s, and no secret under any name', (_system, needed) => {
    const environment: NodeJS.ProcessEnv = { ...needed, ...secrets };
    keepForRuntime(environment);
    expect(environment).toEqual(needed);
  });
});
