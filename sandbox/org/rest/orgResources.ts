import type { Resource } from './resource.ts';
import type { RestServices } from './restServices.ts';

/** Resources this org serves, by name, with their path below the version. */
const RESOURCES: Readonly<Record<string, string>> = {
  chatter: 'chatter',
  compactLayouts: 'compactLayouts',
  composite: 'composite',
  connect: 'connect',
  limits: 'limits',
  parameterizedSearch: 'parameterizedSearch',
  query: 'query',
  queryAll: 'queryAll',
  quickActions: 'quickActions',
  recent: 'recent',
  search: 'search',
  sobjects: 'sobjects',
  tabs: 'tabs',
  theme: 'theme',
  'ui-api': 'ui-api',
};

/** What a developer edition may use of each limit besides API requests; nothing here uses it up. */
const UNUSED_LIMITS: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryJobs: 10_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStreamingApiEvents: 10_000,
  DataStorageMB: 5,
  FileStorageMB: 20,
  HourlyPublishedPlatformEvents: 50_000,
  MassEmail: 10,
  SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
};

/** The list of resources and the org's limits (REST API guide, "Resources by Version", "Limits"). */
export function orgResources({ usage, organizationId }: RestServices): Resource[] {
  return [
    {
      path: '/',
      methods: {
        GET({ context, publicUrl }) {
          const base = `/services/data/v${context.apiVersion}`;
          const paths = Object.entries(RESOURCES).map(([name, path]) => [name, `${base}/${path}`]);
          const identity = `${publicUrl}/id/${organizationId}/${context.user.id}`;
          return { status: 200, body: { ...Object.fromEntries(paths), identity }, xml: { root: 'urls' } };
        },
      },
    },
    {
      path: '/limits',
      methods: {
        GET() {
          const api = { Max: usage.limit, Remaining: Math.max(0, usage.limit - usage.used()) };
          const unused = Object.entries(UNUSED_LIMITS).map(([name, max]) => [name, { Max: max, Remaining: max }]);
          return {
            status: 200,
            body: { DailyApiRequests: api, ...Object.fromEntries(unused) },
            xml: { root: 'LimitsSnapshot' },
          };
        },
      },
    },
  ];
}
