/** The types that the command writes, of an embedded org over HTTP, and what the compiler makes of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { defaultConsumerKey } from '../../../sandbox/org/oauth/defaultClients.ts';
import { startEmbeddedOrg } from '../../../sandbox/desk/embeddedOrg.ts';
import { types } from '../../../src/command/types/main.ts';
import { deferred } from '../../../src/deferred.ts';
import { useOrg } from '../../support/org.ts';
import { obtainTokens } from '../../support/orgBrowser.ts';
import { decideOnSecondDevice } from '../../support/secondDevice.ts';
import { useTemporaryFolder } from '../temporaryFolder.ts';

const repository = path.resolve(import.meta.dirname, '../../..');

interface Surroundings {
  environment?: Record<string, string>;
  toldToEnd?: AbortSignal;
  onTold?: (line: string) => void;
}

async function run(args: string[], { environment = {}, toldToEnd, onTold }: Surroundings = {}) {
  const printed: string[] = [];
  const told: string[] = [];
  const terminal = {
    print: (line: string) => void printed.push(line),
    tell: (line: string) => {
      told.push(line);
      onTold?.(line);
    },
  };
  const code = await types(args, environment, terminal, {
    loadEmbedded: async () => startEmbeddedOrg,
    toldToEnd: () => toldToEnd ?? new AbortController().signal,
  });
  return { code, printed: printed.join('\n'), told };
}

/** What the compiler says of an app's sources, by line. */
function compile(folder: string, app: string, org: string): string[] {
  const [appFile, orgFile] = [path.join(folder, 'app.ts'), path.join(folder, 'org.d.ts')];
  ts.sys.writeFile(appFile, app);
  ts.sys.writeFile(orgFile, org);
  const program = ts.createProgram([appFile, orgFile], {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    paths: { 'salesforce-interop-client': [path.join(repository, 'src/client/index.ts')] },
  });
  const sources = [appFile, orgFile].map((file) => program.getSourceFile(file)!);
  return sources.flatMap((source) =>
    ts.getPreEmitDiagnostics(program, source).map(({ start = 0, messageText }) => {
      const line = source.getLineAndCharacterOfPosition(start).line;
      return `${source.text.split('\n')[line]!.trim()} -- ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    }),
  );
}

const app = (...lines: string[]): string =>
  [
    "import { query, record, records, select, soql, soqlField, subscribe, type SalesforceConnection } from 'salesforce-interop-client';",
    'export async function app(salesforce: SalesforceConnection, id: string): Promise<unknown[]> {',
    ...lines,
    '}',
  ].join('\n');

describe('salesforce-interop types', () => {
  const folder = useTemporaryFolder();
  let written: string;

  beforeAll(async () => {
    const { code, printed, told } = await run([]);
    expect({ code, told }).toEqual({ code: 0, told: ['10 objects of the embedded org.'] });
    written = printed;
  });

  it("let the compiler check what an app reads and writes of the org's own objects", () => {
    const compiled = compile(
      folder.path,
      app(
        "const coverage = await record(salesforce, 'Coverage__c', id).read(['Name', 'Tier__c', 'Account__r.Name', 'Account__r.Owner.Name', 'Banker__r.IsActive']);",
        'const name: string = coverage.Name;',
        "const tier: 'Platinum' | 'Gold' | 'Silver' | 'Bronze' | null = coverage.Tier__c;",
        'const account: string | undefined = coverage.Account__r?.Name;',
        'const owner: string | undefined = coverage.Account__r?.Owner?.Name;',
        'const active: boolean | undefined = coverage.Banker__r?.IsActive;',
        "const gold = select('Coverage__c', ['Name', 'Share_of_Wallet__c'], soql`WHERE ${soqlField('Coverage__c', 'Tier__c')} = ${'Gold'}`);",
        'const rows = await query(salesforce, gold).toArray();',
        'const share: number | null | undefined = rows[0]?.Share_of_Wallet__c;',
        "await record(salesforce, 'Coverage__c', id).update({ Tier__c: 'Gold', Start_Date__c: new Date(), Notes__c: null });",
        "const [first] = await records(salesforce, 'Coverage__c').read([id], ['Product__c']);",
        "subscribe(salesforce, { type: 'Coverage__c', id, fields: ['Tier__c'] }, (event) => void event);",
        "await record(salesforce, 'Unknown__c', id).read(['Anything']);",
        'return [name, tier, account, owner, active, share, first?.Product__c];',
      ),
      written,
    );
    expect(compiled).toEqual([]);
  });

  it('let the compiler refuse what is not in the org, and what does not fit it', () => {
    const refused = [
      "await record(salesforce, 'Coverage__c', id).read(['Teir__c']);",
      "await record(salesforce, 'Coverage__c', id).read(['Account__r.Nmae']);",
      "await record(salesforce, 'Coverage__c', id).read(['Acount__r.Name']);",
      "await record(salesforce, 'Coverage__c', id).read(['Account__r.Ownr.Name']);",
      "await record(salesforce, 'Coverage__c', id).update({ Tier__c: 'Goldd' });",
      "await record(salesforce, 'Coverage__c', id).update({ Name: 'C-1' });",
      "await record(salesforce, 'Coverage__c', id).update({ Tier__c: new Date() });",
      "await record(salesforce, 'Coverage__c', id).update({ Account__c: null });",
      "await record(salesforce, 'Coverage__c').create({ Custom_of_another_org__c: 1 });",
      "select('Coverage__c', ['Teir__c']);",
      "soqlField('Coverage__c', 'Teir__c');",
      "for (const { Tier__c } of await query(salesforce, select('Coverage__c', ['Name'])).toArray()) void Tier__c;",
      "await records(salesforce, 'Coverage__c').update([{ Id: id, Teir__c: 'Gold' }]);",
    ];
    const compiled = compile(folder.path, app(...refused, 'return [];'), written);
    expect(compiled).toEqual(refused.map((line) => expect.stringContaining(line)));
  });

  it('take the objects that are named, once each, into a file', async () => {
    const file = folder.file('made/salesforce.d.ts');
    const named = ['--object', 'Contact', '--object', 'Coverage__c', '--object', 'Contact'];
    const { printed, told } = await run([...named, '--out', file]);
    expect({ printed, told }).toEqual({ printed: '', told: [`2 objects of the embedded org are written to ${file}.`] });
    expect([...readFileSync(file, 'utf8').matchAll(/^ {4}(\w+): \{$/gm)].map(([, name]) => name)).toEqual([
      'Contact',
      'Coverage__c',
    ]);
  });

  it.each([
    [['--object', 'Nothing__c'], 'The org has no object Nothing__c'],
    [['--object', '../limits'], 'is no API name'],
    [['--org', 'nonsense'], 'is no URL'],
    [['--org', 'https://acme.my.salesforce.com'], 'SALESFORCE_ACCESS_TOKEN'],
    [['--consumer-key', 'key'], 'no org'],
    [['--api-version', 'sixty'], 'is no version'],
    [['--out', ''], 'names no file'],
    [['Contact'], 'one word too many'],
  ])('refuse %j in a sentence', async (args, sentence) => {
    await expect(run(args)).rejects.toThrow(sentence);
  });

  describe('of an org that is named', () => {
    const org = useOrg({ contacts: 0 });

    it('are those that the token may see', async () => {
      const environment = { SALESFORCE_ACCESS_TOKEN: (await obtainTokens(org.url))['access_token']! };
      const { printed } = await run(['--org', org.url, '--object', 'Task'], { environment });
      expect(printed).toContain("Who: 'Contact' | 'Lead';");
      await expect(run(['--org', org.url], { environment: { SALESFORCE_ACCESS_TOKEN: 'wrong' } })).rejects.toThrow(
        'The org does not describe its objects',
      );
    });

    it('are those of the person who enters the code, whose session is signed out after it', async () => {
      const decided = deferred<unknown>();
      const { printed, told } = await run(
        ['--org', org.url, '--consumer-key', defaultConsumerKey, '--object', 'Lead'],
        {
          onTold(line) {
            const code = /enter the code (\S+)\./.exec(line)?.[1];
            if (code !== undefined) decided.resolve(decideOnSecondDevice(org.url, code, 'allow'));
          },
        },
      );
      await decided.promise;
      expect(printed).toContain('    Lead: {');
      expect(told.join('\n')).not.toMatch(/00D\w{12}!/);
      expect((await org.control.counts()).requests['POST /services/oauth2/revoke']).toBe(1);
    });

    it('are not waited for when the person gives up', async () => {
      const giveUp = new AbortController();
      const waiting = run(['--org', org.url, '--consumer-key', defaultConsumerKey], {
        toldToEnd: giveUp.signal,
        onTold: (line) => line.includes('Ctrl-C') && giveUp.abort(),
      });
      await expect(waiting).rejects.toThrow('cancelled');
    });
  });
});
