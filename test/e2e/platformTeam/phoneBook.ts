import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FrameLocator, Page } from 'playwright-core';

const repository = path.resolve(import.meta.dirname, '../../..');

/**
 * Builds the first example in a folder that has the packages installed, as its developer would.
 *
 * @param joins What its `config.json` says.
 * @returns the folder to serve.
 */
export async function buildPhoneBook(installed: string, joins: object): Promise<string> {
  const app = path.join(installed, 'phone-book');
  await cp(path.join(repository, 'examples/01-plain-page'), app, { recursive: true });
  // The bundler is the one development dependency of the example, and this repository has it.
  const vite = pathToFileURL(path.join(repository, 'node_modules/vite/dist/node/index.js')).href;
  const script = `import { build } from ${JSON.stringify(vite)}; await build({ root: ${JSON.stringify(app)}, logLevel: 'warn', build: { target: 'es2022' } });`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: app });
  await writeFile(path.join(app, 'dist/config.json'), JSON.stringify(joins));
  return path.join(app, 'dist');
}

/** Finds a contact in the phone book, gives it another number, and reads it anew. */
export async function changeNumber(page: Page, name: string, number: string): Promise<string> {
  const book: FrameLocator = page.frameLocator('iframe[title="Phone book"]');
  const find = async (): Promise<void> => {
    await book.getByLabel('Name', { exact: true }).fill(name);
    await book.getByRole('button', { name: 'Find' }).click();
    await book.getByText('1 found').waitFor();
  };
  await find();
  await book.getByLabel(name).fill(number);
  await book.getByRole('button', { name: 'Save' }).click();
  await book.getByText(`Saved ${name}`).waitFor();
  await find();
  return book.getByLabel(name).inputValue();
}
