import { parseBody } from '../http/requestBody.ts';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { OrgError } from '../../database/orgError.ts';
import { saveError } from '../errorResponse.ts';
import { requireObject } from '../sobjects/requireObject.ts';
import { transactionUnless } from './rollback.ts';
import { readTree, treeBody, type TreeFault, type TreeRecord } from './treeRecords.ts';

const xml = { root: 'SObjectTreeResponse' };

type TreeResult = { referenceId: string; id: string } | TreeFault;

/** Records with their children, all or none (REST API guide, "sObject Tree"). */
export function treeResources(services: RestServices): Resource[] {
  return [{ path: '/composite/tree/:type', methods: { POST: (request) => createTree(services, request) } }];
}

function createTree(services: RestServices, request: RoutedRequest): ResourceResponse {
  const object = requireObject(request.params['type']);
  const { records } = parseBody(treeBody, request);
  const { roots, faults } = readTree(request, object, records);
  if (faults.length > 0) return { status: 400, body: { hasErrors: true, results: faults }, xml };
  const results = transactionUnless(
    services.database,
    () => roots.flatMap((root) => createRecord(services, request, root, {})),
    (all) => all.some(isFault),
  );
  const failed = results.filter(isFault);
  if (failed.length > 0) return { status: 400, body: { hasErrors: true, results: failed }, xml };
  return { status: 201, body: { hasErrors: false, results }, xml };
}

function createRecord(
  services: RestServices,
  request: RoutedRequest,
  record: TreeRecord,
  parent: Record<string, unknown>,
): TreeResult[] {
  const { referenceId, object, values, children } = record;
  try {
    const id = services.database.create(object.name, { ...values, ...parent }, request.context);
    const created = children.flatMap(({ field, records }) =>
      records.flatMap((child) => createRecord(services, request, child, { [field]: id })),
    );
    return [{ referenceId, id }, ...created];
  } catch (error) {
    if (error instanceof OrgError) return [{ referenceId, errors: [saveError(error)] }];
    throw error;
  }
}

function isFault(result: TreeResult): result is TreeFault {
  return 'errors' in result;
}
