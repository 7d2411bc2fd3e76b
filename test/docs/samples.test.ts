import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import ts from 'typescript';
import { parseConfiguration } from '../../src/provider/configuration.ts';
import { desktopApp, parseDesktopConfiguration } from '../../src/sites/desktopConfiguration.ts';
import { appConfiguration } from '../../src/sites/pageConfiguration.ts';
import { z } from '../../src/zod.ts';
import { pages, repository, type Sample } from './readPages.ts';

const samples = pages.flatMap((page) => page.samples);
const code = samples.filter(({ language }) => language === 'ts' || language === 'js');
const json = samples.filter(({ language }) => language === 'json' || language === 'jsonc');

/** What a sample that is marked `fragment` is completed by, as far as it does not bring it itself. */
const preamble: Record<string, string> = {
  ...Object.fromEntries(
    ['connect', 'likeContains', 'queryPath', 'soql', 'ApiRequestError', 'AuthTokenExpiredError'].map((name) => [
      name,
      `import { ${name} } from 'salesforce-interop-client';`,
    ]),
  ),
  salesforce: "declare const salesforce: import('salesforce-interop-client').SalesforceConnection;",
  words: 'declare const words: string;',
  id: 'declare const id: string;',
  name: 'declare const name: string;',
  accountIds: 'declare const accountIds: string[];',
  since: 'declare const since: Date;',
  browser: "declare const browser: import('playwright-core').Browser;",
};

function completed({ text, mark, page }: Sample): string {
  const brought = new Set(
    [...text.matchAll(/import (?:type )?\{([^}]*)\}/g)].flatMap(([, names]) =>
      names!.split(',').map((name) => name.replace('type ', '').trim()),
    ),
  );
  const before =
    mark === 'fragment'
      ? Object.entries(preamble)
          .filter(([name]) => !brought.has(name))
          .map(([, line]) => line)
      : [];
  return [...before, ...sharedTypesOf(page).filter((shared) => shared !== text), text, 'export {};'].join('\n');
}

/**
 * The page of the protocol declares types that its messages share, each once; a message's own are `Payload` and
 * `Reply`.
 */
function sharedTypesOf(page: string): string[] {
  if (page !== 'docs/protocol.md') return [];
  return code
    .filter((sample) => sample.page === page && !/^type (Payload|Reply)\b/m.test(sample.text))
    .map(({ text }) => text);
}

/** What the compiler says of each sample, against the declarations of the built packages. */
function compile(): Map<string, string[]> {
  const built = (file: string) => [path.join(repository, 'dist/packages', file)];
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    allowImportingTsExtensions: true,
    paths: {
      'salesforce-interop-client': built('salesforce-interop-client/index.d.ts'),
      'salesforce-interop/client': built('salesforce-interop/client/index.d.ts'),
      'salesforce-interop/*': built('salesforce-interop/*.d.ts'),
      'salesforce-interop-testkit': built('salesforce-interop-testkit/index.d.ts'),
    },
  };
  const files = new Map(code.map((sample, index) => [path.join(repository, 'test/docs', `sample${index}.ts`), sample]));
  const audited = json.filter(({ mark }) => mark === 'audit');
  const records = new Map(
    audited.map((sample, index) => [path.join(repository, 'test/docs', `audit${index}.ts`), sample]),
  );
  const textOf = (file: string) => {
    const [sample, record] = [files.get(path.normalize(file)), records.get(path.normalize(file))];
    if (record)
      return `import type { AuditRecord } from '../../src/provider/audit.ts';\nexport const record: AuditRecord = ${record.text};`;
    return sample && completed(sample);
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => textOf(file) !== undefined || fileExists(file);
  host.readFile = (file) => textOf(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = textOf(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys(), ...records.keys()], options, host);
  const said = new Map<string, string[]>();
  for (const [file, { place }] of [...files, ...records]) {
    const source = program.getSourceFile(file)!;
    said.set(
      place,
      [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText }) =>
        ts.flattenDiagnosticMessageText(messageText, '\n'),
      ),
    );
  }
  return said;
}

/** What a sample in JSON says that it is; each throws for what it is not. */
const kinds: Record<string, (content: unknown) => unknown> = {
  desktop: parseDesktopConfiguration,
  apps: (content) => z.array(desktopApp).parse(content),
  /** A part of the provider's configuration. */
  configuration: (content) =>
    parseConfiguration({
      redirectUri: 'https://crm.bank.example/signed-in.html',
      recordViewUrl: 'https://record.bank.example/',
      allowedApps: [{ name: 'Platform', origin: 'https://desk.bank.example', role: 'platform' }],
      ...(content as object),
    }),
  page: (content) => appConfiguration.parse(content),
  /** Compiled as a record of the audit trail. */
  audit: () => undefined,
};

describe('a sample in the documentation', () => {
  let said: ReturnType<typeof compile>;
  beforeAll(() => {
    const { NODE_OPTIONS: _ofJest, ...environment } = process.env;
    execFileSync(process.execPath, ['--import', 'tsx', 'packages/build.ts'], { cwd: repository, env: environment });
    said = compile();
  }, 300_000);

  it('is found well enough', () => {
    expect(code.length).toBeGreaterThan(40);
    expect(json.length).toBeGreaterThan(6);
  });

  it.each(code.map(({ place }) => place))('compiles: %s', (place) => {
    expect(said.get(place)).toEqual([]);
  });

  it.each(json.map((sample) => [sample.place, sample] as const))(
    'is what it claims to be: %s',
    (place, { text, mark }) => {
      const errors: unknown[] = [];
      const content: unknown = parse(text, errors as never[]);
      expect({ errors, mark }).toEqual({
        errors: [],
        mark: expect.stringMatching(new RegExp(`^(${Object.keys(kinds).join('|')})$`)),
      });
      kinds[mark]!(content);
      expect(said.get(place) ?? []).toEqual([]);
    },
  );

  it('that is code or JSON says so by a language that is checked here', () => {
    expect([...new Set(samples.map(({ language }) => language))].sort()).toEqual([
      '',
      'diff',
      'http',
      'js',
      'json',
      'jsonc',
      'sh',
      'ts',
    ]);
  });
});
