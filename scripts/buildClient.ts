/**
 * Builds what other apps import as `salesforce-interop/client`: one module and one declaration file.
 * `node --import tsx scripts/buildClient.ts [folder]`; the folder is `dist/client` if not given.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = resolve(root, 'src/client/index.ts');
const shared = { root, configFile: false, publicDir: false, logLevel: 'warn' } as const;

/**
 * @param outDir relative to the repository, or absolute
 * @throws when something is left to import, besides what the bundlers throw
 */
export async function buildClient(outDir = 'dist/client'): Promise<void> {
  const target = resolve(root, outDir);
  // Not minified: apps do that with their own code, and until then people can read what they ship.
  await build({
    ...shared,
    build: {
      outDir: target, emptyOutDir: true, target: 'es2022', minify: false, sourcemap: true, reportCompressedSize: false,
      lib: { entry, formats: ['es'], fileName: () => 'index.js' },
    },
  });
  await mkdir(target, { recursive: true });
  await writeFile(resolve(target, 'index.d.ts'), await bundleDeclarations());
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
  const { output: [chunk] } = await bundle.generate({ format: 'es' });
  await bundle.close();
  if (chunk.imports.length > 0) throw new Error(`The client's declarations must stand alone but import ${chunk.imports.join(', ')}`);
  return chunk.code;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildClient(process.argv[2]);
}
