/** What the packages' builds have in common. */
import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { build, type Rolldown } from 'vite';
import { repository } from './repository.ts';

/** Entry points by the name of the file that each becomes. */
export type Entries = Readonly<Record<string, string>>;

/** Whether an import is of a package, and not of a file by a relative or absolute path or of the bundler itself. */
const isOutside = (id: string): boolean => !/^(\.|\/|[a-z]:|\0)/i.test(id);

/**
 * Bundles entry points as ES modules for Node.js 20 and browsers. What npm installs stays an import.
 *
 * @param preserveModules One file for each source, where sources read files beside themselves.
 * @returns the packages that are imported.
 */
export async function bundleModules(
  entries: Entries,
  target: string,
  { preserveModules = false } = {},
): Promise<string[]> {
  const result = await build({
    root: repository,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: target,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { ...entries },
        external: isOutside,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name].js',
          ...(preserveModules && { preserveModules: true, preserveModulesRoot: repository }),
        },
      },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  const own = new Set(output.map(({ fileName }) => fileName));
  return packagesOf(
    output
      .flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : []))
      .filter((id) => !own.has(id)),
  );
}

/**
 * The declarations of each entry point in one file, so that a compiler needs none of our sources.
 *
 * @returns the packages that are imported.
 */
export async function bundleDeclarations(entries: Entries, target: string): Promise<string[]> {
  const imported: string[] = [];
  for (const [name, input] of Object.entries(entries)) {
    const bundle = await rollup({
      input,
      external: isOutside,
      plugins: [dts({ tsconfig: path.join(repository, 'tsconfig.json') })],
      onLog(level, { code, message }) {
        if (level === 'warn') throw new Error(`${code}: ${message}`);
      },
    });
    const {
      output: [{ imports }],
    } = await bundle.write({ file: path.join(target, `${name}.d.ts`), format: 'es' });
    imported.push(...packagesOf(imports));
    await bundle.close();
  }
  return imported;
}

/** The packages among what a bundle imports. */
function packagesOf(imports: Iterable<string>): string[] {
  return [...imports]
    .filter((id) => isOutside(id) && !isBuiltin(id))
    .map((id) =>
      id
        .split('/')
        .slice(0, id.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

interface RootManifest {
  version: string;
  license: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** This repository's own `package.json`. */
export async function rootManifest(): Promise<RootManifest> {
  return JSON.parse(await readFile(path.join(repository, 'package.json'), 'utf8')) as RootManifest;
}

/**
 * Writes a package's manifest: the members given, the version of this repository, and as dependencies what is imported.
 *
 * @param imported Names of packages, in any order, as often as they come.
 * @throws when something is imported whose version this repository does not name.
 */
export async function writeManifest(
  target: string,
  members: Record<string, unknown>,
  imported: Iterable<string>,
): Promise<void> {
  const { version, license, engines, dependencies, devDependencies } = await rootManifest();
  const named = [...new Set(imported)].sort();
  const versionOf = (name: string): string => {
    const found = dependencies[name] ?? devDependencies[name];
    if (found === undefined) throw new Error(`${target} imports ${name}, which package.json does not name.`);
    return found;
  };
  const { name, ...rest } = members;
  const manifest = {
    name,
    version,
    license,
    private: false,
    type: 'module',
    ...rest,
    engines,
    ...(named.length > 0 && {
      dependencies: Object.fromEntries(named.map((dependency) => [dependency, versionOf(dependency)])),
    }),
  };
  await writeFile(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Licence, change log and the package's own README. */
export async function copyTexts(target: string, packageFolder: string): Promise<void> {
  for (const file of ['LICENSE', 'CHANGELOG.md']) await copyFile(path.join(repository, file), path.join(target, file));
  await copyFile(path.join(packageFolder, 'README.md'), path.join(target, 'README.md'));
}

/** Makes a module a program. npm makes it executable when it installs; a checkout and a copy need it too. */
export async function markExecutable(file: string): Promise<void> {
  await writeFile(file, `#!/usr/bin/env node\n${(await readFile(file, 'utf8')).replace(/^#![^\n]*\n/, '')}`);
  await chmod(file, 0o755);
}
