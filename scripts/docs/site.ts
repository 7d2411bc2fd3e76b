/**
 * Builds the documentation, reference included, into `dist/docs`: `npm run docs` writes the generated pages first, and
 * then the site.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Application } from 'typedoc';
import { build } from 'vitepress';

const docs = path.resolve(import.meta.dirname, '../../docs');

await rm(path.join(docs, 'api'), { recursive: true, force: true });
const reference = await Application.bootstrapWithPlugins({ options: path.resolve(docs, '../typedoc.json') });
const project = await reference.convert();
if (!project || reference.logger.hasErrors()) process.exit(1);
await reference.generateOutputs(project);
if (reference.logger.hasErrors() || reference.logger.hasWarnings()) process.exit(1);
await build(docs);
