import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The page of recipes: each file of `examples/recipes` with its leading comment as text, whose first line is its title.
 *
 * @throws Error for a file that begins otherwise
 */
export function recipesPage(repository: string): string {
  const folder = path.join(repository, 'examples/recipes');
  const recipes = readdirSync(folder)
    .toSorted()
    .map((file) => recipe(file, readFileSync(path.join(folder, file), 'utf8')));
  return `# Recipes

<!-- Generated from examples/recipes by \`npm run docs\`. -->

Ten tasks, each a module to copy: the files are in \`examples/recipes\`, and the tests run them. \`salesforce\` is what
[\`connect()\`](apps.md) gives. [What a developer calls](client.md) says what else there is.

${recipes.join('\n')}`;
}

function recipe(file: string, text: string): string {
  const [, title, words, code] = /^\/\*\*\n \* # (.+)\n \*\n([^]*?)\n \*\/\n([^]*)$/.exec(text) ?? [];
  if (title === undefined || words === undefined || code === undefined)
    throw new Error(`${file} does not begin with a comment of a title and some words`);
  return `## ${title}\n\n${words.replaceAll(/^ \* ?/gm, '')}\n\n\`\`\`ts\n${code.trim()}\n\`\`\`\n`;
}
