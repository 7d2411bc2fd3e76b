/**
 * Bundles page scripts, each into one module: `node bundlePages.mjs OUT_DIR ENTRY…`. A process of its own, because
 * vite's native part does not accept objects made inside jest's module sandbox.
 */
import path from 'node:path';
import { build } from 'vite';

const [outDir, ...entries] = process.argv.slice(2);
for (const entry of entries) {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'es2022',
      rolldownOptions: {
        input: entry,
        output: { codeSplitting: false, entryFileNames: `${path.basename(entry, path.extname(entry))}.js` },
      },
    },
  });
}
