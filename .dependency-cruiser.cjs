/** The arrow client -> channel -> provider -> worker as rules. Each rule says why it is there. */
const onlyFrom = (name, comment, from, to, options = {}) => ({ name, comment, severity: 'error', from, to, ...options });

module.exports = {
  forbidden: [
    onlyFrom('no-cycles', 'A cycle has no order in which a newcomer could read it.', {}, { circular: true }),
    onlyFrom('client-is-light', 'Apps bundle the client: only the leaves of the channel may come with it, and no schema library.',
      { path: '^src/client/' }, { pathNot: '^src/(zod\\.ts$|client/|channel/(protocol|failure|channelVersion|deferred)\\.ts$|salesforce/)', path: '^src/' }),
    onlyFrom('client-without-schema-library', 'The client takes types from the protocol, never its run time.',
      { path: '^src/client/' }, { path: '(^src/(zod|channel/protocol)\\.ts$|node_modules/(zod|comlink|oauth4webapi))', dependencyTypesNot: ['type-only'] }),
    onlyFrom('protocol-is-a-leaf', 'Both ends speak the protocol, so it knows neither.',
      { path: '^src/channel/(protocol|failure|channelVersion|deferred|jsonDepth)\\.ts$' }, { path: '^src/', pathNot: '^src/(zod|webAddress|channel/(failure|channelVersion|deferred|jsonDepth))\\.ts$' }),
    onlyFrom('faces-do-not-know-the-worker', 'Channel, intents and home ask the provider; only the provider asks the worker.',
      { path: '^src/(channel|intents|home|client|record-view|core-web)/' }, { path: '^src/worker/' }),
    onlyFrom('worker-knows-no-desktop', 'The worker runs unchanged in any browser.',
      { path: '^src/worker/' }, { path: '(^src/(client|provider|intents|home|core-web|record-view)/|node_modules/(@openfin|@finos))' }),
    onlyFrom('worker-shares-only-leaves', 'Of the channel the worker knows the words for failures, outcomes and bodies.',
      { path: '^src/worker/' }, { path: '^src/channel/', pathNot: '^src/channel/(failure|outcomes|protocol|deferred|jsonDepth)\\.ts$' }),
    onlyFrom('doctor-knows-no-place', 'The same checks run in a terminal and in the token worker, which give them all they need.',
      { path: '^src/doctor/' }, { path: '(^src/(?!doctor/|salesforce/|channel/(protocol|failure)\\.ts$)|node_modules/(?!oauth4webapi))' }),
    onlyFrom('pages-hold-no-server-code', 'What takes a key or secret is never part of what a page loads.',
      { path: '^src/', pathNot: '^src/provider/hosts/node/' }, { path: '^src/(provider/hosts/node/|worker/serverGrant\\.ts$)', dependencyTypesNot: ['type-only'] }),
    onlyFrom('node-for-the-server-host', 'All else of src runs in a browser.',
      { path: '^src/', pathNot: '^src/provider/hosts/node/' }, { path: '(^(node:)?(fs|crypto|util|net|http)(/|$)|node_modules/@openfin/node-adapter)' }),
    onlyFrom('salesforce-is-pure', 'Knowledge without I/O depends on nothing else.', { path: '^src/salesforce/' }, { path: '(^src/(?!salesforce/|zod\\.ts)|^sandbox/|node_modules)' }),
    onlyFrom('intents-know-fdc3-only', 'The handlers run on any desktop agent.',
      { path: '^src/intents/' }, { path: '(^src/(provider|worker|client|core-web)/|node_modules/@openfin)' }),
    onlyFrom('src-does-not-know-its-surroundings', 'What ships must not lean on the sandbox, tests or benchmarks.', { path: '^src/' }, { path: '^(sandbox|test|bench|scripts)/' }),
    onlyFrom('no-proprietary-peer-in-product', '@openfin/salesforce is for tests and measurement only.', { path: '^(src|sandbox)/' }, { path: 'node_modules/@openfin/salesforce' }),
    onlyFrom('no-orphans', 'A module nobody reaches is dead.', { orphan: true, pathNot: '(\\.d\\.ts$|^test/|^scripts/|^bench/|/pages/login\\.js$)' }, {}),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
