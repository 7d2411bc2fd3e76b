/** The arrow client -> channel -> provider -> worker as rules. Each rule says why it is there. */
const onlyFrom = (name, comment, from, to, options = {}) => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
  ...options,
});

module.exports = {
  forbidden: [
    onlyFrom('no-cycles', 'A cycle has no order in which a newcomer could read it.', {}, { circular: true }),
    {
      ...onlyFrom(
        'no-cycles-of-folders',
        'Two rooms that need each other are one.',
        { pathNot: '^(sandbox/org|test)(/|$)' },
        { circular: true },
      ),
      scope: 'folder',
    },
    onlyFrom(
      'client-is-light',
      'Apps bundle the client: only the leaves of the channel may come with it, and no schema library.',
      { path: '^src/client/' },
      {
        pathNot:
          '^src/(client/|salesforce/|channel/(protocol|orgRequests|encodedBody|channelVersion|windowMessages|bodyForms|laneBodies|laneMessages|liveMessages|parseJson)\\.ts$|outcomes/failure\\.ts$|(zod|deferred|time)\\.ts$)',
        path: '^src/',
      },
    ),
    onlyFrom(
      'client-without-schema-library',
      'The client takes types from the protocol, never its run time.',
      { path: '^src/client/' },
      {
        path: '(^src/(zod|channel/(protocol|orgRequests|encodedBody|windowMessages|laneBodies|laneMessages|liveMessages))\\.ts$|node_modules/(zod|comlink|oauth4webapi))',
        dependencyTypesNot: ['type-only'],
      },
    ),
    onlyFrom(
      'protocol-is-a-leaf',
      'Both ends speak the protocol, so it knows neither; what is known of Salesforce it may.',
      { path: '^src/channel/' },
      { path: '^src/', pathNot: '^src/(channel/|salesforce/|outcomes/failure\\.ts$|(zod|webAddress|jsonDepth)\\.ts$)' },
    ),
    onlyFrom(
      'outcomes-are-a-leaf',
      'What may happen is decided and documented in one place, which knows nobody to whom it happens.',
      { path: '^src/outcomes/' },
      { path: '(^src/(?!outcomes/)|node_modules)' },
    ),
    onlyFrom(
      'calls-are-a-leaf',
      'Which calls are under way and whose turn it is: kept the same way by provider and worker.',
      { path: '^src/calls/' },
      { path: '(^src/(?!calls/|outcomes/|time\\.ts$)|node_modules)' },
    ),
    onlyFrom(
      'edits-belong-to-no-page',
      'The record view and any app edit by the same rules.',
      { path: '^src/record-edit/' },
      { path: '^src/(?!record-edit/|client/|salesforce/|(zod|time)\\.ts$)' },
    ),
    onlyFrom(
      'pipeline-is-handed-the-org',
      'Its steps decide whether, when and how a request goes to the org; tokens and network are behind what it is handed.',
      { path: '^src/worker/pipeline/' },
      { path: '^src/worker/(?!pipeline/|rest/)' },
    ),
    onlyFrom(
      'live-asks-through-the-pipeline',
      'So that turns, budget, pauses and the rules of access hold for what nobody asks for by himself.',
      { path: '^src/worker/live/' },
      { path: '^src/worker/(?!live/|pipeline/|rest/|environment\\.ts$)' },
    ),
    onlyFrom(
      'faces-do-not-know-the-worker',
      'Channel, intents and home ask the provider; only the provider asks the worker.',
      { path: '^src/(channel|outcomes|intents|home|client|record-view|record-edit|core-web)/' },
      { path: '^src/worker/' },
    ),
    onlyFrom(
      'worker-knows-no-desktop',
      'The worker runs unchanged in any browser.',
      { path: '^src/worker/' },
      {
        path: '(^src/(client|provider|intents|home|core-web|record-view|record-edit)/|node_modules/(@openfin|@finos))',
      },
    ),
    onlyFrom(
      'worker-shares-only-leaves',
      'Of the channel the worker knows how requests, bodies and answers are written.',
      { path: '^src/worker/' },
      {
        path: '^src/channel/',
        pathNot:
          '^src/channel/(protocol|orgRequests|orgUsage|encodedBody|bodyForms|laneBodies|laneMessages|liveMessages|parseJson)\\.ts$',
      },
    ),
    onlyFrom(
      'worker-without-the-protocol',
      'The worker takes types from the protocol: its schemas are for the two ends of the channel.',
      { path: '^src/(worker|doctor)/' },
      { path: '^src/channel/protocol\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    onlyFrom(
      'doctor-knows-no-place',
      'The same checks run in a terminal and in the token worker, which give them all they need.',
      { path: '^src/doctor/' },
      {
        path: '(^src/(?!doctor/|salesforce/|channel/protocol\\.ts$|outcomes/failure\\.ts$)|node_modules/(?!oauth4webapi))',
      },
    ),
    onlyFrom(
      'pages-hold-no-server-code',
      'What takes a key or secret is never part of what a page loads.',
      { path: '^src/', pathNot: '^src/(provider/hosts/node|command|sites/serve)/' },
      {
        path: '^src/(provider/hosts/node/|command/|sites/serve/|worker/serverGrant\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    ),
    onlyFrom(
      'node-for-the-server-host',
      'All else of src runs in a browser.',
      { path: '^src/', pathNot: '^src/(provider/hosts/node|command|sites/serve)/' },
      { path: '(^(node:)?(fs|crypto|util|net|http)(/|$)|node_modules/@openfin/node-adapter)' },
    ),
    onlyFrom(
      'sites-are-described',
      'What servers send follows from the configuration alone: the same for every server, in a page too.',
      { path: '^src/sites/', pathNot: '^src/sites/serve/' },
      {
        path: '^src/(?!sites/|core-web/appDirectory\\.ts$|intents/describeIntents\\.ts$|provider/(configuration|orgSettings)\\.ts$|(zod|webAddress)\\.ts$)',
      },
    ),
    onlyFrom(
      'nobody-knows-the-command',
      'It puts the others to use.',
      { path: '^src/', pathNot: '^src/command/' },
      { path: '^src/command/' },
    ),
    onlyFrom(
      'salesforce-is-pure',
      'Knowledge without I/O depends on nothing else.',
      { path: '^src/salesforce/' },
      { path: '(^src/(?!salesforce/|zod\\.ts)|^sandbox/|node_modules)' },
    ),
    onlyFrom(
      'matching-is-pure',
      'Whether two names, addresses or numbers are those of one person follows from them alone.',
      { path: '^src/matching/' },
      { path: '^(src/(?!matching/)|sandbox/)' },
    ),
    onlyFrom(
      'intents-know-fdc3-only',
      'The handlers run on any desktop agent.',
      { path: '^src/intents/' },
      { path: '(^src/(provider|worker|client|core-web)/|node_modules/@openfin)' },
    ),
    onlyFrom(
      'home-is-handed-the-org',
      'The same search runs in the provider, and in platforms that load it with a client of the provider.',
      { path: '^src/home/' },
      {
        path: '^src/(?!home/|channel/searchMessages\\.ts$|outcomes/failure\\.ts$|matching/|salesforce/|(zod|webAddress|time)\\.ts$)',
      },
    ),
    onlyFrom(
      'src-does-not-know-its-surroundings',
      'What ships must not lean on the sandbox, tests or benchmarks.',
      { path: '^src/' },
      { path: '^(sandbox|packages|test|bench|scripts)/' },
    ),
    onlyFrom(
      'no-proprietary-peer-in-product',
      '@openfin/salesforce is for tests and measurement only.',
      { path: '^(src|sandbox)/' },
      { path: 'node_modules/@openfin/salesforce' },
    ),
    onlyFrom(
      'no-orphans',
      'A module nobody reaches is dead.',
      { orphan: true, pathNot: '(\\.d\\.m?ts$|^test/|^scripts/|^bench/|/pages/login\\.js$)' },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
