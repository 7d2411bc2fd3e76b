import { parseBody } from '../http/requestBody.ts';
import { z } from 'zod';
import type { Resource, ResourceResponse, RoutedRequest } from '../resource.ts';
import type { RestServices } from '../restServices.ts';
import { compositeSubrequests, referenceIdFault, limitExceeded } from './compositeRequest.ts';
import { runComposite } from './runComposite.ts';

const MAX_GRAPHS = 75;
const MAX_NODES = 500;

const graphBody = z.object({
  graphs: z.array(z.object({ graphId: z.string().min(1), compositeRequest: compositeSubrequests })).min(1),
});

/** Several composite requests, each all or none (REST API guide, "Composite Graph"). */
export function graphResources(services: RestServices): Resource[] {
  return [{ path: '/composite/graph', methods: { POST: (request) => runGraphs(services, request) } }];
}

function runGraphs({ database, dispatch }: RestServices, request: RoutedRequest): ResourceResponse {
  const { graphs } = parseBody(graphBody, request);
  const nodes = graphs.reduce((sum, graph) => sum + graph.compositeRequest.length, 0);
  if (graphs.length > MAX_GRAPHS) throw limitExceeded(`${MAX_GRAPHS} graphs`);
  if (nodes > MAX_NODES) throw limitExceeded(`${MAX_NODES} nodes`);
  const fault = graphs.map((graph) => referenceIdFault(graph.compositeRequest)).find((found) => found !== undefined);
  if (fault) throw fault;
  const answered = graphs.map(({ graphId, compositeRequest }) => {
    const { answers, isSuccessful } = runComposite({ database, dispatch, outer: request }, compositeRequest, {
      allOrNone: true,
    });
    return { graphId, graphResponse: { compositeResponse: answers }, isSuccessful };
  });
  return { status: 200, body: { graphs: answered } };
}
