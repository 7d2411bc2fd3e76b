import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from '../src/zod.ts';
import { rootManifest } from './bundle.ts';
import { runNpm } from './npm.mjs';
import { repository } from './repository.ts';

const bill = z.looseObject({
  metadata: z.looseObject({}),
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});
type Bill = z.infer<typeof bill>;

let whole: Promise<Bill> | undefined;

/**
 * The bill of materials of all that this repository uses, as npm makes it from the lock file. With development
 * dependencies, since npm otherwise leaves out whatever one of these needs too.
 */
async function wholeBill(): Promise<Bill> {
  const { stdout } = await runNpm(['sbom', '--sbom-format', 'cyclonedx', '--include', 'dev', '--package-lock-only'], {
    cwd: repository,
  });
  return bill.parse(JSON.parse(stdout));
}

/** `@openfin/core-web/node_modules/uuid` is a package named `uuid`. */
const nameOf = (place: string): string => place.split('/node_modules/').at(-1)!;

/**
 * Writes what a package consists of: `NOTICE` and `sbom.cdx.json`.
 *
 * @param imported Names of the packages that it installs.
 * @param bundled Folders under `node_modules` of those whose code is in it.
 */
export async function writeContents(
  target: string,
  name: string,
  imported: readonly string[],
  bundled: readonly string[],
): Promise<void> {
  const { version } = await rootManifest();
  await writeFile(path.join(target, 'NOTICE'), await noticeOf(bundled));
  const bill = await billOfMaterials({ name, version }, [...new Set([...imported, ...bundled.map(nameOf)])]);
  await writeFile(path.join(target, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
}

/**
 * A package's software bill of materials, as CycloneDX JSON: what it installs and what is bundled in it, with all that
 * these need.
 *
 * @param direct Names of the packages that it imports or has bundled.
 * @throws when one of them is no dependency of this repository.
 * @see https://cyclonedx.org/docs/1.5/json/
 */
async function billOfMaterials(
  { name, version }: { name: string; version: string },
  direct: readonly string[],
): Promise<object> {
  whole ??= wholeBill();
  const { components, dependencies, metadata, ...rest } = await whole;
  const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const start = direct.map((dependency) => {
    const found = components.find((component) => component.name === dependency);
    if (!found) throw new Error(`${name} ships ${dependency}, which is no dependency in package.json.`);
    return found['bom-ref'];
  });
  const reached = new Set<string>();
  for (const waiting = [...start]; waiting.length > 0;) {
    const ref = waiting.pop()!;
    if (reached.has(ref)) continue;
    reached.add(ref);
    waiting.push(...(needs.get(ref) ?? []));
  }
  const own = `${name}@${version}`;
  return {
    ...rest,
    metadata: {
      ...metadata,
      component: {
        'bom-ref': own,
        type: 'library',
        name,
        version,
        purl: `pkg:npm/${own}`,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: components.filter((component) => reached.has(component['bom-ref'])),
    dependencies: [{ ref: own, dependsOn: start }, ...dependencies.filter(({ ref }) => reached.has(ref))],
  };
}

const manifest = z.object({ name: z.string(), version: z.string(), license: z.string().default('not stated') });

/**
 * Names, versions, licences and licence texts of the packages whose code is in what a package ships.
 *
 * @param bundled Their folders under `node_modules`.
 */
async function noticeOf(bundled: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    [...new Set(bundled)].sort().map(async (place) => {
      const folder = path.join(repository, 'node_modules', place);
      const { name, version, license } = manifest.parse(
        JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')),
      );
      const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
      const text =
        file === undefined
          ? 'The package holds no licence text.'
          : (await readFile(path.join(folder, file), 'utf8')).trim();
      return `${name} ${version} (${license})\n\n${text}`;
    }),
  );
  return [
    'salesforce-interop\nLicensed under the Apache License, Version 2.0.',
    'The built pages and scripts of this package contain code of the packages below, each under its own licence. HERE Core Web\n(@openfin/core-web) is not free software: whoever uses or passes on the pages needs an agreement with HERE.',
    ...parts,
  ]
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}
