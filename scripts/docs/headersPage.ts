import { headerRules, headersOf, type SiteKind } from '../../src/sites/siteHeaders.ts';

const addresses = {
  platform: 'https://desk.bank.example',
  provider: 'https://crm.bank.example',
  recordView: 'https://record.bank.example',
  orgs: ['https://acme.my.salesforce.com'],
  identityProviders: ['https://login.bank.example'],
  joining: ['https://crm.bank.example', 'https://record.bank.example', 'https://blotter.bank.example'],
  directories: [],
  directoryApps: [],
};

const sites: { title: string; kind: SiteKind; pages: [path: string, of: string][] }[] = [
  {
    title: 'The provider, `https://crm.bank.example`',
    kind: 'provider',
    pages: [
      ['/', "the provider's page, and everything that is not named below"],
      ['/token-worker.js', 'the one script that reaches Salesforce'],
      ['/signed-in.html', 'where the org redirects to'],
      ['/device.html', 'codes of the device flow'],
      ['/ticket.html', 'framed by apps'],
    ],
  },
  {
    title: 'The platform page, `https://desk.bank.example`',
    kind: 'platform',
    pages: [
      ['/', 'the platform page, and everything that is not named below'],
      ['/broker.html', "HERE's broker, framed by every page that joins"],
      ['/shared-worker.js', "HERE's own worker"],
      ['/salesforce-search.js', 'the search, as a module that platforms of any origin load'],
    ],
  },
  {
    title: 'The record view, `https://record.bank.example`, and a good start for apps',
    kind: 'app',
    pages: [['/', 'every page']],
  },
  {
    title: 'The provider on the desktop of another FDC3 agent, whose page is `https://desk.bank.example`',
    kind: 'agentProvider',
    pages: [
      ['/', "the provider's page, and everything that is not named below; the others as above, without `/ticket.html`"],
    ],
  },
  { title: 'The record view there, which the provider frames', kind: 'agentRecordView', pages: [['/', 'every page']] },
];

function block(kind: SiteKind, path: string): string {
  const lines = Object.entries(headersOf(headerRules(kind, addresses), path)).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return ['```http', ...lines, '```'].join('\n');
}

/** The response headers of every page, for a desk served over https. */
export function headersPage(): string {
  const parts = sites.map(
    ({ title, kind, pages }) =>
      `## ${title}\n\n${pages.map(([path, of]) => `\`${path}\`: ${of}\n\n${block(kind, path)}`).join('\n\n')}`,
  );
  return `# Response headers

<!-- Generated from src/sites/siteHeaders.ts, which the desk is served with, by \`npm run docs\`. -->

What the servers of a desktop send with its pages. \`salesforce-interop build\` writes them, with your own hosts, for nginx, Caddy and
IIS and as \`_headers\`; \`serve\` and the sample desk send the same but for
\`Strict-Transport-Security\`, which has no meaning over http (RFC 6797, 7.2) and would be wrong for localhost. Take
\`includeSubDomains\` out where a host below these is not served over https yet.

- \`trusted-types\` names the one policy that each page may make: \`lit-html\` is lit's, for the templates in the pages' own
  scripts. HERE's \`shared-worker.js\` evaluates strings as script, so that one file needs \`'unsafe-eval'\` and can have no
  Trusted Types. An app that uses another library for its pages may need another name there, or none at all.
- \`/signed-in.html\` is sent with an authorization code in its address: \`no-store\` keeps it out of the HTTP cache, and the
  page takes the code out of its history before anything else. What is left, [security](security.md#signing-in) says.
- \`frame-src\` of the provider's page names the org and its \`identityProviders\` for the silent sign-in.

${parts.join('\n\n')}
`;
}
