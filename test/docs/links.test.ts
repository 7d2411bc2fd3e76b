import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pages, repository, sitePages, type Page } from './readPages.ts';

/** Links and pictures of a page; a title in code is no link. */
function linksOf({ prose }: Page): string[] {
  const links = [...prose.replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  // The start page's ways in.
  return [...links, ...[...prose.matchAll(/^ +link: \/(\S+)$/gm)].map(([, name]) => `${name!}.md`)];
}

function problemOf(from: Page, link: string): string | undefined {
  const [file, anchor] = link.split('#') as [string, string | undefined];
  const target = file === '' ? from.file : path.posix.join(path.posix.dirname(from.file), file);
  if (!existsSync(path.join(repository, target))) return `${link}: no such file`;
  const page = pages.find((one) => one.file === target);
  if (anchor !== undefined && !page?.anchors.has(anchor)) return `${link}: no such heading`;
  // Pages of the site lead to pages of the site.
  if (from.file.startsWith('docs/') && !target.startsWith('docs/')) return `${link}: leads out of the site`;
  return undefined;
}

const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const inMenu = [...read('docs/.vitepress/config.ts').matchAll(/\bpage\((?:'[^']*'|"[^"]*"), '([^']+)'\)/g)].map(
  ([, name]) => name!,
);

describe('a link of the documentation', () => {
  const internal = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => ({ page, link })),
  );

  it('is found well enough', () => {
    expect(internal.length).toBeGreaterThan(80);
  });

  it.each(pages.map((page) => page.file))('leads somewhere, by its heading too: %s', (file) => {
    expect(
      internal.filter(({ page }) => page.file === file).flatMap(({ page, link }) => problemOf(page, link) ?? []),
    ).toEqual([]);
  });

  it('is there for each page in the menu, and each page is in the menu', () => {
    const own = inMenu.filter((name) => !name.startsWith('api/')).map((name) => `docs/${name}.md`);
    expect([...new Set(own), 'docs/index.md'].sort()).toEqual([...sitePages].sort());
  });

  it('leads to the reference of every entry of the packages', () => {
    const { entryPoints } = JSON.parse(read('typedoc.json')) as { entryPoints: string[] };
    const entries = entryPoints.map((file) => `api/${/@module (\S+)/.exec(read(file))![1]}`);
    expect([...new Set(inMenu.filter((name) => name.startsWith('api/')))].sort()).toEqual(entries.sort());
  });
});

describe('a command of the documentation', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [
    ...new Set(
      pages
        .flatMap(({ prose, samples }) => [
          prose,
          ...samples.filter(({ language }) => language === 'sh').map(({ text }) => text),
        ])
        .flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!)),
    ),
  ];

  it.each(named.filter((name) => name !== 'build'))('is there: npm run %s', (name) => {
    expect(Object.keys(scripts)).toContain(name);
  });
});
