import { chatterResources } from './chatter/chatterResources.ts';
import { compositeResources } from './composite/compositeResources.ts';
import { notOfferedResources } from './notOfferedResources.ts';
import { orgResources } from './orgResources.ts';
import { queryResources } from './query/queryResources.ts';
import type { Resource } from './resource.ts';
import type { RestServices } from './restServices.ts';
import { searchResources } from './search/searchResources.ts';
import { describeResources } from './sobjects/describeResources.ts';
import { externalIdResources } from './sobjects/externalIdResources.ts';
import { recentResources } from './sobjects/recentResources.ts';
import { replicationResources } from './sobjects/replicationResources.ts';
import { rowResources } from './sobjects/rowResources.ts';
import { uiApiResources } from './uiApi/uiApiResources.ts';

/** Every resource below `/services/data/vNN.N`. Fixed names come before patterns that would match them too. */
export function createResources(services: RestServices): Resource[] {
  return [
    ...orgResources(services),
    ...notOfferedResources(),
    ...queryResources(services),
    ...searchResources(services),
    ...describeResources(services),
    ...replicationResources(services),
    ...recentResources(services),
    ...compositeResources(services),
    ...chatterResources(services),
    ...uiApiResources(services),
    ...externalIdResources(services),
    ...rowResources(services),
  ];
}
