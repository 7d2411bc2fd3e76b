import { readCommandLine } from '../../../src/command/doctor/commandLine.ts';
import { UsageError } from '../../../src/command/usageError.ts';

const named = ['--org', 'https://acme.my.salesforce.com/lightning', '--consumer-key', ' 3MVG9 '];

describe('the command line of the doctor', () => {
  it('takes the embedded org when none is named', () => {
    expect(readCommandLine(['--json'], { SALESFORCE_ORG_URL: '' })).toEqual({
      kind: 'check',
      json: true,
      setUp: 'embedded',
    });
  });

  it('fills in what the provider of this repository would use', () => {
    expect(readCommandLine(named, {})).toMatchObject({
      setUp: {
        orgUrl: 'https://acme.my.salesforce.com',
        consumerKey: '3MVG9',
        redirectUri: 'http://localhost:7072/signed-in.html',
        origin: 'http://localhost:7072',
        scopes: ['api', 'refresh_token'],
        dpop: 'preferred',
        isCustomDomain: false,
        apiVersion: '66.0',
      },
    });
  });

  it('takes a flag before a variable, and each --scope', () => {
    const { setUp } = readCommandLine(
      [...named, '--scope', 'api', '--scope', 'id', '--redirect-uri', 'https://sf.bank.example/signed-in.html'],
      { SALESFORCE_ORG_URL: 'https://other.my.salesforce.com' },
    ) as { setUp: object };
    expect(setUp).toMatchObject({
      orgUrl: 'https://acme.my.salesforce.com',
      scopes: ['api', 'id'],
      origin: 'https://sf.bank.example',
    });
  });

  it.each([
    [named.slice(0, 2), '--consumer-key'],
    [['--consumer-key', 'key'], '--org'],
    [['--org', 'acme', '--consumer-key', 'key'], '--org acme is not a URL'],
    [['--org', 'https://morgan@acme.my.salesforce.com', '--consumer-key', 'key'], 'names a user'],
    [['--scope', 'api'], '--scope says something of an org that is not named'],
    [[...named, '--dpop', 'maybe'], '--dpop maybe'],
    [['--password', 'x'], '--password'],
    [['stray'], 'stray'],
  ])('refuses %j', (args, sentence) => {
    expect(() => readCommandLine(args, {})).toThrow(UsageError);
    expect(() => readCommandLine(args, {})).toThrow(sentence);
  });
});
