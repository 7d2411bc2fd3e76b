/**
 * Builds the package that an app's developer installs, which depends on nothing:
 * `node --import tsx packages/client/build.ts [folder]`; the folder is `dist/client` if not given. `npm pack` of that
 * folder makes the tarball that apps install.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = resolve(root, 'src/client/index.ts');

/**
 * @param outDir relative to the repository, or absolute
 * @throws when something is left to import, besides what the bundlers throw
 */
export async function buildClient(outDir = 'dist/client'): Promise<void> {
  const target = resolve(root, outDir);
  // Not minified: apps do that with their own code, and until then people can read what they ship.
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      outDir: target,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      lib: { entry, formats: ['es', 'cjs'], fileName: (format) => (format === 'es' ? 'index.js' : 'index.cjs') },
    },
  });
  const declarations = await bundleDeclarations();
  // A declaration file belongs to one kind of module, by its extension: with one for both, `node16` takes `require` for
  // an error.
  for (const file of ['index.d.ts', 'index.d.cts']) await writeFile(resolve(target, file), declarations);
  await writeManifests(target);
  await copyFile(resolve(root, 'LICENSE'), resolve(target, 'LICENSE'));
  await copyFile(resolve(root, 'packages/client/README.md'), resolve(target, 'README.md'));
}

/** All declarations in one file, so that an app's compiler needs neither our sources nor a schema library. */
async function bundleDeclarations(): Promise<string> {
  const bundle = await rollup({
    input: entry,
    plugins: [dts({ tsconfig: resolve(root, 'tsconfig.json') })],
    onLog(level, { code, message }) {
      if (level === 'warn') throw new Error(`${code}: ${message}`);
    },
  });
  const {
    output: [chunk],
  } = await bundle.generate({ format: 'es' });
  await bundle.close();
  if (chunk.imports.length > 0)
    throw new Error(`The client's declarations must stand alone but import ${chunk.imports.join(', ')}`);
  return chunk.code;
}

/**
 * The package's own manifest, with none of the repository's dependencies; and one for compilers and bundlers that know
 * no `exports` (TypeScript's `moduleResolution: node`), which find `salesforce-interop/client` as a folder.
 *
 * @see https://nodejs.org/api/packages.html#conditional-exports
 */
async function writeManifests(target: string): Promise<void> {
  const { version, license } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const conditions = {
    import: { types: './index.d.ts', default: './index.js' },
    require: { types: './index.d.cts', default: './index.cjs' },
  };
  const write = (file: string, manifest: object) =>
    writeFile(resolve(target, file), `${JSON.stringify(manifest, null, 2)}\n`);
  await write('package.json', {
    name: 'salesforce-interop-client',
    version,
    description: 'Client of the shared Salesforce connection of an OpenFin (HERE Core) desktop.',
    license,
    private: false,
    type: 'module',
    sideEffects: false,
    types: './index.d.ts',
    main: './index.cjs',
    module: './index.js',
    // `./client`: where the package is installed under the name salesforce-interop, as apps knew it.
    exports: { '.': conditions, './client': conditions, './package.json': './package.json' },
  });
  await mkdir(resolve(target, 'client'), { recursive: true });
  await write('client/package.json', {
    type: 'module',
    types: '../index.d.ts',
    module: '../index.js',
    main: '../index.cjs',
    sideEffects: false,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildClient(process.argv[2]);
