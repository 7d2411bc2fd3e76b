import { orgSchema } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';
import type { Resource } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { requireObject } from './requireObject.ts';

const DEFAULT_LIMIT = 200;

/** Recently viewed rows, and the small descriptions around an object that this org has little to tell about. */
export function recentResources({ database }: RestServices): Resource[] {
  return [
    {
      path: '/recent',
      methods: {
        GET(request) {
          const limit = Math.min(DEFAULT_LIMIT, Math.max(1, Number(request.query.get('limit')) || DEFAULT_LIMIT));
          const body = database.recentlyViewed(request.context, { limit });
          return { status: 200, body, xml: { root: 'RecentlyViewed', item: 'RecentlyViewed' } };
        },
      },
    },
    {
      path: '/sobjects/:type/listviews',
      methods: {
        GET(request) {
          const object = requireObject(request.params['type']);
          return {
            status: 200,
            body: { done: true, listviews: [], nextRecordsUrl: null, size: 0, sobjectType: object.name },
          };
        },
      },
    },
    {
      // No list views are defined, so none can be found.
      path: '/sobjects/:type/listviews/:listview{/:part}',
      methods: {
        GET() {
          throw notFound();
        },
      },
    },
    {
      path: '/sobjects/:type/quickActions',
      methods: {
        GET(request) {
          requireObject(request.params['type']);
          return { status: 200, body: [] };
        },
      },
    },
    { path: '/quickActions', methods: { GET: () => ({ status: 200, body: [] }) } },
    { path: '/tabs', methods: { GET: ({ publicUrl }) => ({ status: 200, body: tabs(publicUrl) }) } },
    { path: '/theme', methods: { GET: () => ({ status: 200, body: { themeItems: [] } }) } },
  ];
}

/** One tab for each object that has pages. */
function tabs(publicUrl: string): Record<string, unknown>[] {
  return orgSchema.objects
    .filter((object) => object.layoutable)
    .map((object) => ({
      colors: [],
      custom: object.custom,
      iconUrl: null,
      icons: [],
      label: object.labelPlural,
      miniIconUrl: null,
      name: object.custom ? object.name : `standard-${object.name}`,
      sobjectName: object.name,
      url: `${publicUrl}/${object.keyPrefix}/o`,
    }));
}
