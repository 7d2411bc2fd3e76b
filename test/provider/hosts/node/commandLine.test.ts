import { readCommandLine } from '../../../../src/provider/hosts/node/commandLine.ts';

const jwt = [
  '--config',
  'p.json',
  '--flow',
  'jwt-bearer',
  '--username',
  'u@acme.example',
  '--private-key-file',
  'k.pem',
];
const credentials = ['--config', 'p.json', '--flow', 'client-credentials'];
const read = (args: string[], environment: Record<string, string> = {}) => readCommandLine(args, environment);
const refusal = (args: string[], environment: Record<string, string> = {}): string => {
  try {
    read(args, environment);
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
};

describe('the command line', () => {
  it('takes flags, written either way', () => {
    expect(read([...jwt, '--audience=https://test.salesforce.com', '--port=1234', '--uuid', 'crm'])).toEqual({
      configurationFile: 'p.json',
      uuid: 'crm',
      runtime: { address: 'ws://localhost:1234' },
      flow: {
        kind: 'jwt-bearer',
        username: 'u@acme.example',
        privateKeyFile: 'k.pem',
        audience: 'https://test.salesforce.com',
      },
    });
  });

  it('takes variables, over which a flag wins', () => {
    const environment = {
      SALESFORCE_PROVIDER_CONFIG: 'e.json',
      SALESFORCE_FLOW: 'jwt-bearer',
      SALESFORCE_USERNAME: 'e@acme.example',
      SALESFORCE_PRIVATE_KEY_FILE: 'e.pem',
      OPENFIN_PORT: '4321',
      OPENFIN_UUID: 'crm',
      SALESFORCE_AUDIENCE: '',
    };
    expect(read(['--username', 'f@acme.example', '--address', 'ws://127.0.0.1:1'], environment)).toEqual({
      configurationFile: 'e.json',
      uuid: 'crm',
      runtime: { address: 'ws://127.0.0.1:1' },
      flow: { kind: 'jwt-bearer', username: 'f@acme.example', privateKeyFile: 'e.pem', audience: undefined },
    });
  });

  it('takes the client secret from a file or a variable', () => {
    expect(read([...credentials, '--client-secret-file', 's'])).toMatchObject({
      flow: { kind: 'client-credentials', secret: { file: 's' } },
    });
    expect(read(credentials, { SALESFORCE_CLIENT_SECRET_FILE: 's' })).toMatchObject({
      flow: { secret: { file: 's' } },
    });
    expect(read(credentials, { SALESFORCE_CLIENT_SECRET: 'hush' })).toMatchObject({
      flow: { secret: { value: 'hush' } },
    });
  });

  it('finds the runtime at its usual port, or by a manifest', () => {
    expect(read(jwt)).toMatchObject({
      runtime: { address: 'ws://localhost:9696' },
      uuid: 'salesforce-interop-provider',
    });
    expect(read([...jwt, '--manifest', 'https://bank.example/app.json'])).toMatchObject({
      runtime: { manifestUrl: 'https://bank.example/app.json' },
    });
  });

  it('asks for help before anything else', () => {
    expect(read(['--flow', 'nonsense', '--help'])).toBe('help');
    expect(read(['-h'])).toBe('help');
  });

  it.each([
    [[], '--config FILE'],
    [['--config', 'p.json'], '--flow jwt-bearer or --flow client-credentials'],
    [['--config', 'p.json', '--flow', 'saml'], 'There is no such flow: use --flow jwt-bearer'],
    [[...jwt.slice(0, 4), ...jwt.slice(6)], '--username NAME'],
    [jwt.slice(0, 6), '--private-key-file FILE'],
    [[...jwt, '--audience', 'test.salesforce.com'], '--audience is not the https address'],
    [credentials, '--client-secret-file FILE, or the variable SALESFORCE_CLIENT_SECRET'],
    [[...credentials, '--username', 'u'], '--username does not go with client credentials'],
    [[...jwt, '--port', '0'], '--port is not a port'],
    [[...jwt, '--port', '70000'], '--port is not a port'],
    [[...jwt, '--address', 'ws://elsewhere.example:9696'], '--address is not that of a runtime on this machine'],
    [[...jwt, '--address', 'http://localhost:9696'], '--address is not that of a runtime on this machine'],
    [[...jwt, '--port', '1', '--address', 'ws://localhost:1'], '--address and --port both say where the runtime is'],
    [[...jwt, '--flow', 'jwt-bearer'], '--flow is there twice'],
    [['--config'], '--config needs a value'],
    [['--config', '--flow', 'jwt-bearer'], '--config needs a value'],
    [['--verbose'], 'There is no such flag'],
  ])('refuses %j and says what is missing', (args, sentence) => {
    expect(refusal(args)).toContain(sentence);
  });

  it('refuses a secret that is given twice', () => {
    expect(refusal([...credentials, '--client-secret-file', 's'], { SALESFORCE_CLIENT_SECRET: 'hush' })).toContain(
      'given twice',
    );
  });

  it.each([
    ['password', /username-password flow .* not offered: use --flow jwt-bearer/],
    ['username-password', /username-password flow .* not offered/],
    ['implicit', /implicit .* not offered: use --flow jwt-bearer or client-credentials/],
    ['user-agent', /implicit .* not offered/],
    ['webServer', /A person has to take part .* use --flow jwt-bearer or client-credentials/],
    ['device', /A person has to take part/],
  ])('refuses the flow %s by name, with what to use instead', (flow, sentence) => {
    expect(refusal(['--config', 'p.json', '--flow', flow])).toMatch(sentence);
    expect(refusal(['--config', 'p.json'], { SALESFORCE_FLOW: flow })).toMatch(sentence);
  });

  it.each(['--client-secret', '--secret', '--password', '--private-key', '--passphrase', '--access-token'])(
    'takes no %s, and repeats no value in saying so',
    (flag) => {
      for (const args of [
        [...jwt, flag, 'hush-hush'],
        [...jwt, `${flag}=hush-hush`],
      ]) {
        expect(refusal(args)).toMatch(/^No key, secret or password is taken as a flag/);
        expect(refusal(args)).not.toContain('hush-hush');
      }
    },
  );

  it('repeats nothing that stands in the wrong place', () => {
    for (const args of [
      ['hush-hush'],
      [...jwt, 'hush-hush'],
      ['--hush-hush'],
      ['--config', 'p.json', '--flow', 'hush-hush'],
      [...jwt, '--port', 'hush-hush'],
    ]) {
      expect(refusal(args)).not.toMatch(/hush-hush|not refused/);
    }
  });
});
