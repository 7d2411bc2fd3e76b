import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const repository = path.resolve(import.meta.dirname, '../..');

/**
 * Copies an example into a folder that has this project's packages installed. What else it depends on is this
 * repository's development dependency, so that nothing is fetched.
 *
 * @param name Its folder under `examples`.
 * @param installed Has `node_modules`.
 * @returns the copy.
 */
export async function copyExample(name: string, installed: string): Promise<string> {
  const app = path.join(installed, name);
  await cp(path.join(repository, 'examples', name), app, { recursive: true });
  const { dependencies } = JSON.parse(await readFile(path.join(app, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) {
    const target = path.join(installed, 'node_modules', dependency);
    if (existsSync(target)) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await symlink(path.join(repository, 'node_modules', dependency), target, 'junction');
  }
  return app;
}

/**
 * Builds a copied example as its `npm run build` does.
 *
 * @param app The folder of the copy.
 * @param joins What its `config.json` says, if it has one.
 * @returns the folder to serve.
 */
export async function buildExample(app: string, joins?: object): Promise<string> {
  // The bundler is the development dependency of every example, and this repository has it.
  const vite = pathToFileURL(path.join(repository, 'node_modules/vite/dist/node/index.js')).href;
  const script = `import { build } from ${JSON.stringify(vite)}; await build({ root: ${JSON.stringify(app)}, logLevel: 'warn', build: { target: 'es2022' } });`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: app });
  if (joins) await writeFile(path.join(app, 'dist/config.json'), JSON.stringify(joins));
  return path.join(app, 'dist');
}
