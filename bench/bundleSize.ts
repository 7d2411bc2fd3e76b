import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const repository = path.resolve(import.meta.dirname, '..');
const entry = '\0app-that-connects';

/**
 * What an app pays in its bundle for connecting.
 *
 * @param from Module that exports `connect` and `getConnection`: a package name, or a path.
 * @returns bytes, minified and gzipped.
 */
export async function bundledGzipBytes(from: string): Promise<number> {
  const result = await build({
    root: repository,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'app-that-connects',
        resolveId: (id: string) => (id === entry ? entry : undefined),
        load: (id: string) =>
          id === entry
            ? `import { connect, getConnection } from ${JSON.stringify(from)}; globalThis.app = { connect, getConnection };`
            : undefined,
      },
    ],
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: entry } },
  });
  if (Array.isArray(result) || !('output' in result)) throw new Error('One bundle expected');
  return result.output.reduce((bytes, part) => bytes + (part.type === 'chunk' ? gzipSync(part.code).length : 0), 0);
}
