import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { packageNames, tarballOf, type PackageName } from '../../packages/build.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

const built = (name: PackageName, file: string): Promise<string> =>
  readFile(path.join(repository, 'dist/packages', name, file), 'utf8');

beforeAll(async () => {
  await run(process.execPath, ['--import', 'tsx', 'packages/build.ts'], { cwd: repository });
}, 300_000);

describe.each(packageNames)('%s', (name) => {
  it('is packed without a fault that the checkers of packages know of', async () => {
    const { messages } = await publint({ pkgDir: path.join(repository, 'dist/packages', name), pack: false });
    expect(messages.filter(({ type }) => type !== 'suggestion')).toEqual([]);
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(tarballOf(name))));
    if (!analysis.types) throw new Error('The package has no types');
    // An ES module that CommonJS cannot require on every Node.js is meant to be one.
    const faults = analysis.problems.filter(
      ({ kind }) =>
        name === 'salesforce-interop-client' ||
        !['CJSResolvesToESM', 'NoResolution', 'UntypedResolution'].includes(kind),
    );
    expect(faults).toEqual([]);
  });

  it('says what it is, under which licence, and may be published', async () => {
    const manifest = JSON.parse(await built(name, 'package.json')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name, license: 'Apache-2.0', private: false, type: 'module' });
    expect(Object.keys(manifest)).not.toContain('scripts');
    expect(await built(name, 'LICENSE')).toContain('Apache License');
    expect(await built(name, 'README.md')).toContain(name);
  });
});

interface Bill {
  bomFormat: string;
  components: { name: string; licenses?: unknown[] }[];
}

describe.each(['salesforce-interop', 'salesforce-interop-testkit'] as const)('%s', (packageName) => {
  it('installs at exact versions all that it imports, and nothing that only its development needs', async () => {
    const { dependencies } = JSON.parse(await built(packageName, 'package.json')) as {
      dependencies: Record<string, string>;
    };
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const name of ['vite', 'tsx', 'typescript', 'rollup', 'playwright-core', '@openfin/salesforce'])
      expect(dependencies).not.toHaveProperty(name);
  });

  it('names in its bill of materials and its notice whatever its pages hold', async () => {
    const bill = JSON.parse(await built(packageName, 'sbom.cdx.json')) as Bill;
    const notice = await built(packageName, 'NOTICE');
    expect(bill.bomFormat).toBe('CycloneDX');
    for (const name of [
      'lit',
      'zod',
      'oauth4webapi',
      'comlink',
      'idb',
      '@openfin/core-web',
      'lodash',
      '@salesforce-ux/design-system',
    ]) {
      expect(bill.components.map((component) => component.name)).toContain(name);
      expect(notice).toContain(`\n${name} `);
    }
    for (const name of ['jest', '@openfin/salesforce'])
      expect(bill.components.map((component) => component.name)).not.toContain(name);
  });
});

// The snapshot is the report of the public API: a change of it is a visible diff.
/** Without comments, and with the members of unions in one order: the compiler writes them as it has met them. */
const reportOf = (declarations: string): string =>
  declarations
    .replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, '')
    .replaceAll(/"[\w.:-]+"(?: \| "[\w.:-]+")+/g, (union) => union.split(' | ').sort().join(' | '))
    .replaceAll(/(?:^ +[\w"]+: "[\w.:-]+";\n)+/gm, (members) => `${members.trimEnd().split('\n').sort().join('\n')}\n`);

describe('salesforce-interop-testkit', () => {
  it('declares the API that was agreed on', async () => {
    expect(reportOf(await built('salesforce-interop-testkit', 'index.d.ts'))).toMatchSnapshot();
  });
});

describe('salesforce-interop', () => {
  it('has nothing of the embedded org in it', async () => {
    const bill = JSON.parse(await built('salesforce-interop', 'sbom.cdx.json')) as Bill;
    for (const name of ['koa', 'oidc-provider'])
      expect(bill.components.map((component) => component.name)).not.toContain(name);
  });

  it.each(['core-web', 'intents', 'configuration'])('declares for %s the API that was agreed on', async (entry) => {
    expect(reportOf(await built('salesforce-interop', `${entry}.d.ts`))).toMatchSnapshot();
  });

  it('has a JSON Schema that editors understand', async () => {
    const schema = JSON.parse(await built('salesforce-interop', 'configuration.schema.json')) as {
      $schema: string;
      required: string[];
    };
    expect(schema.$schema).toContain('json-schema.org');
    expect(schema.required).toEqual(['platform', 'provider', 'recordView', 'salesforce', 'apps']);
  });
});
