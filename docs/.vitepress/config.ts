/**
 * The documentation as a site; `npm run docs` builds it into `dist/docs`. Everything that a page loads is on its own
 * origin.
 */
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';

const page = (text: string, name: string) => ({ text, link: `/${name}` });

const ways = {
  apps: {
    text: 'Building an app',
    items: [page('First call to testing', 'apps'), page('Queries, records, files', 'client'), page('Recipes', 'recipes'), page('Errors', 'errors'), page('Moving over', 'moving-over'), page('API: client', 'api/salesforce-interop-client')],
  },
  platform: {
    text: 'Taking it in',
    items: [
      page('Install, check, build, serve', 'installing'), page('Adding an app', 'adding-an-app'), page('Container, Core Web, other agents', 'platform'), page('Searching the org', 'home'),
      page("The desktop's configuration", 'desktop-configuration'), page("The provider's configuration", 'configuration'),
      page('Response headers', 'headers'), page('Versions and upgrading', 'versions'), page('Performance', 'performance'),
    ],
  },
  salesforce: {
    text: 'Setting up Salesforce',
    items: [
      page('Making the app', 'setting-up-salesforce'), page('Who gets in', 'salesforce-access'), page('Tokens and keys', 'salesforce-tokens'),
      page('Sandboxes', 'salesforce-sandboxes'), page('Watching it', 'salesforce-watching'),
    ],
  },
  security: {
    text: 'Reviewing it',
    items: [page('Where to begin', 'reviewing'), page('Security', 'security'), page('Outcomes', 'outcomes'), page('Protocol', 'protocol')],
  },
  reference: {
    text: 'Reference',
    items: [
      page('Client', 'api/salesforce-interop-client'), page('Core Web', 'api/salesforce-interop/core-web'), page('Intents', 'api/salesforce-interop/intents'), page('Configuration', 'api/salesforce-interop/configuration'),
      page('Test kit', 'api/salesforce-interop-testkit'),
    ],
  },
};

const wideTables = new Set(['configuration.md', 'desktop-configuration.md', 'errors.md', 'outcomes.md', 'performance.md', 'security.md']);

export default defineConfig({
  title: 'salesforce-interop',
  description: 'One shared, safe connection to Salesforce for every app on an OpenFin (HERE Core) desktop.',
  lang: 'en',
  outDir: '../dist/docs',
  cacheDir: '../node_modules/.cache/vitepress',
  // What would differ from page to page goes into a file of its own, so that a policy can name by hash the scripts that
  // stand in pages.
  metaChunk: true,
  // A heading has one anchor, here and where the repository is read.
  markdown: { anchor: { slugify: (text) => slug(text) } },
  // Without it the theme writes a style sheet into the page at every change between light and dark, which no policy
  // allows.
  appearance: { disableTransition: false },
  transformPageData(page) {
    if (wideTables.has(page.relativePath)) Object.assign(page.frontmatter, { pageClass: 'wide', aside: false });
  },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      page('Apps', 'apps'), page('Platform', 'installing'), page('Salesforce', 'setting-up-salesforce'), page('Security', 'reviewing'),
      page('Reference', 'api/salesforce-interop-client'),
    ],
    sidebar: [ways.apps, ways.platform, ways.salesforce, ways.security, ways.reference],
    docFooter: { prev: false, next: false },
  },
});
