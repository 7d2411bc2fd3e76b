/** How npm is run without a shell, in plain JavaScript as it has to install the packages first. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * The command line that runs npm. On Windows npm is `npm.cmd`, which Node.js starts with a shell only; a shell reads
 * paths with `&` or spaces in its own way: what is run there is npm's JavaScript, by this Node.js, and elsewhere too
 * where npm has started this process.
 *
 * @param place What is asked of this machine; a test gives that of another.
 * @throws Error when npm is nowhere to be found on Windows.
 * @see https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
 */
export function npmCommand({
  platform = process.platform,
  node = process.execPath,
  environment = process.env,
  exists = existsSync,
} = {}) {
  const { join, dirname, basename, delimiter } = platform === 'win32' ? path.win32 : path.posix;
  const started = environment.npm_execpath;
  if (started !== undefined && basename(started) === 'npm-cli.js' && exists(started))
    return { file: node, arguments: [started] };
  if (platform !== 'win32') return { file: 'npm', arguments: [] };
  const [, search = ''] = Object.entries(environment).find(([name]) => name.toLowerCase() === 'path') ?? [];
  const found = [dirname(node), ...search.split(delimiter).filter((folder) => folder !== '')]
    .map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    .find((file) => exists(file));
  if (found === undefined)
    throw new Error('npm was not found beside Node.js or on the PATH: install Node.js from https://nodejs.org/.');
  return { file: node, arguments: [found] };
}

/**
 * Runs npm.
 *
 * @returns what it has printed.
 * @throws as `execFile` of Node.js does, when it ends with another code than 0.
 */
export async function runNpm(args, options = {}) {
  const command = npmCommand();
  return promisify(execFile)(command.file, [...command.arguments, ...args], {
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    encoding: 'utf8',
  });
}
