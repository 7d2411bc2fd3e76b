import { OrgError } from '../database/orgError.ts';
import type { HttpMethod, Resource, ResourceHandler } from './resource.ts';

/** Resources of a real org that this one does not have, by their first path segment. */
const NOT_OFFERED: Readonly<Record<string, string>> = {
  actions: 'invocable actions',
  analytics: 'Reports and Dashboards REST API',
  'async-queries': 'asynchronous queries',
  asyncQueries: 'asynchronous queries',
  commerce: 'Commerce API',
  consent: 'Consent API',
  eclair: 'chart geodata',
  jobs: 'Bulk API 2.0',
  knowledgeManagement: 'Knowledge API',
  metadata: 'Metadata API',
  process: 'approval processes',
  scheduling: 'Scheduler API',
  smartdatadiscovery: 'Einstein Discovery API',
  support: 'Knowledge support API',
  tooling: 'Tooling API',
  wave: 'CRM Analytics API',
};

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Adds to Salesforce's own sentence what this org does not have. GraphQL has a format of its own, with status 200. */
export function notOfferedResources(): Resource[] {
  const missing = Object.entries(NOT_OFFERED).map(([segment, name]) => {
    const refuse: ResourceHandler = () => {
      throw new OrgError(404, 'NOT_FOUND', `The requested resource does not exist: this embedded org has no ${name}`);
    };
    return { path: `/${segment}{/*rest}`, methods: Object.fromEntries(methods.map((method) => [method, refuse])) };
  });
  return [...missing, { path: '/graphql', methods: { POST: refuseGraphQl } }];
}

/** GraphQL API guide, "Errors": what is wrong stands in `errors`, and the status is 200. */
const refuseGraphQl: ResourceHandler = () => {
  const message = 'This embedded org has no GraphQL API; use the REST API.';
  const error = { message, paths: [], locations: [], extensions: { ErrorType: 'OperationNotSupported' } };
  return { status: 200, body: { data: {}, errors: [error] } };
};
