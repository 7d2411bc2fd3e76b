/** Reads the documentation as files: what it links to, and the samples in it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Sample {
  /** Page and line. */
  place: string;
  page: string;
  language: string;
  /** What it says of itself, after the language. */
  mark: string;
  text: string;
}

export interface Page {
  /** Relative to the repository. */
  file: string;
  /** Without samples. */
  prose: string;
  samples: Sample[];
  anchors: ReadonlySet<string>;
}

const packages = readdirSync(path.join(repository, 'packages'), { recursive: true, encoding: 'utf8' })
  .map((file) => path.posix.join('packages', file.replaceAll(path.sep, '/')))
  .filter((file) => file.endsWith('/README.md'));
/** The pages of the site are all in one folder; its reference is made from the sources. */
export const sitePages = readdirSync(path.join(repository, 'docs'))
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/${file}`);

export const pages: readonly Page[] = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...sitePages,
  ...packages,
].map(readPage);

function readPage(file: string): Page {
  const prose: string[] = [];
  const samples: Sample[] = [];
  let open: { indent: number; sample: Sample; lines: string[] } | undefined;
  readFileSync(path.join(repository, file), 'utf8')
    .split(/\r?\n/)
    .forEach((line, index) => {
      const fence = /^( *)```(\S*) *(.*)$/.exec(line);
      if (open) {
        if (fence) {
          samples.push({ ...open.sample, text: open.lines.join('\n') });
          open = undefined;
        } else open.lines.push(line.slice(open.indent));
      } else if (fence) {
        open = {
          indent: fence[1]!.length,
          lines: [],
          sample: { place: `${file}:${index + 1}`, page: file, language: fence[2]!, mark: fence[3]!, text: '' },
        };
      } else prose.push(line);
    });
  return { file, prose: prose.join('\n'), samples, anchors: anchorsOf(prose) };
}

function anchorsOf(prose: readonly string[]): Set<string> {
  const slugger = new GithubSlugger();
  const headings = prose.flatMap((line) => /^#{1,6} +(.+?)\s*$/.exec(line)?.[1] ?? []);
  return new Set(
    headings.map((heading) => slugger.slug(heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, ''))),
  );
}
