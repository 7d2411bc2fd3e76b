import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(repository, 'ARCHITECTURE.md'), 'utf8');
const sources = ['src', 'packages', 'sandbox'].flatMap((folder) =>
  readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(folder, file.replaceAll(path.sep, '/')),
  ),
);
const named = [...new Set([...page.matchAll(/`([\w./-]+\.ts)`/gu)].map(([, file]) => file!))];
const rooms = [
  ...new Set([...page.matchAll(/`((?:src|packages|sandbox|test)(?:\/[\w-]+)*)`/gu)].map(([, folder]) => folder!)),
];

describe('what the architecture page names', () => {
  it('is found well enough', () => {
    expect(named.length).toBeGreaterThan(30);
    expect(rooms.length).toBeGreaterThan(10);
  });

  it.each(named)('is there: %s', (file) => {
    expect(sources.filter((source) => source === file || source.endsWith(`/${file}`))).not.toEqual([]);
  });

  it.each(rooms)('is a room: %s', (folder) => {
    expect(existsSync(path.join(repository, folder))).toBe(true);
  });

  it('is every room of the product', () => {
    const folders = readdirSync(path.join(repository, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
  });
});
