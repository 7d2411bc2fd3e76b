import { orgSchema, schemaSeenBy } from '../../database/schema/orgSchema.ts';
import { notFound } from '../errorResponse.ts';
import { checkConditions, validatorHeaders } from '../http/conditional.ts';
import type { Resource, ResourceHandler, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { approvalLayouts, compactLayouts, describeLayouts, primaryCompactLayouts } from './describeLayouts.ts';
import { describeBasics, describeSObject, MASTER_RECORD_TYPE_ID } from './describeSObject.ts';
import { requireObject } from './requireObject.ts';

/** Largest number of records one call may carry. */
const MAX_BATCH_SIZE = 200;

/** Descriptions of objects and layouts; all of them answer 304 to `If-Modified-Since`. */
export function describeResources({ metadataModified }: RestServices): Resource[] {
  const validators = { lastModified: metadataModified };

  function description(root: string, describe: (request: RoutedRequest) => unknown): Resource['methods'] {
    const read: ResourceHandler = (request) => {
      const body = describe(request);
      const unchanged = checkConditions(request, validators);
      return unchanged ?? { status: 200, body, headers: validatorHeaders(validators), xml: { root } };
    };
    return { GET: read };
  }

  const ofObject = (
    root: string,
    describe: (object: ReturnType<typeof requireObject>, apiVersion: string) => unknown,
  ) =>
    description(root, ({ params, context }) =>
      describe(requireObject(params['type'], schemaSeenBy(context.user)), context.apiVersion),
    );

  return [
    { path: '/sobjects', methods: description('DescribeGlobal', ({ context }) => describeGlobal(context.apiVersion)) },
    { path: '/sobjects/:type/describe', methods: ofObject('DescribeSObject', describeSObject) },
    { path: '/sobjects/:type/describe/layouts', methods: ofObject('DescribeLayout', describeLayouts) },
    {
      path: '/sobjects/:type/describe/layouts/:recordTypeId',
      methods: description('DescribeLayout', ({ params, context }) => {
        if (params['recordTypeId'] !== MASTER_RECORD_TYPE_ID) throw notFound();
        return describeLayouts(requireObject(params['type'], schemaSeenBy(context.user)), context.apiVersion)
          .layouts[0];
      }),
    },
    { path: '/sobjects/:type/describe/compactLayouts', methods: ofObject('DescribeCompactLayouts', compactLayouts) },
    { path: '/sobjects/:type/describe/approvalLayouts', methods: ofObject('DescribeApprovalLayouts', approvalLayouts) },
    {
      path: '/compactLayouts',
      methods: description('CompactLayouts', ({ query, context }) =>
        primaryCompactLayouts(query.get('q') ?? '', schemaSeenBy(context.user)),
      ),
    },
  ];
}

function describeGlobal(apiVersion: string): Record<string, unknown> {
  const sobjects = orgSchema.objects.map((object) => describeBasics(object, apiVersion));
  return { encoding: 'UTF-8', maxBatchSize: MAX_BATCH_SIZE, sobjects };
}
