import { OrgError } from '../../database/orgError.ts';
import type { ResourceRequest } from '../resource.ts';

const DEFAULT_PAGE_SIZE = 25;
const LARGEST_PAGE_SIZE = 100;

/** A part of a longer list, and where the parts before and after it are. */
export interface ConnectPage<T> {
  items: T[];
  links: {
    currentPageToken: string | null;
    currentPageUrl: string;
    nextPageToken: string | null;
    nextPageUrl: string | null;
  };
}

/**
 * Cuts the page out of a list that the request asks for with `page` and `pageSize`. A token names the first entry of
 * its page, so that what is added in front meanwhile moves nothing.
 *
 * @param path Below the version; the pages of a list that is shown inside another resource have their own.
 * @throws OrgError 400 `ILLEGAL_QUERY_PARAMETER_VALUE` for a page size out of range or a token of no entry.
 */
export function pageOf<T>(
  request: ResourceRequest,
  entries: readonly T[],
  { path, tokenOf }: { path: string; tokenOf: (entry: T) => string },
): ConnectPage<T> {
  const token = request.query.get('page');
  const start = token === null || token === '0' ? 0 : entries.findIndex((entry) => tokenOf(entry) === token);
  if (start < 0) throw illegalValue('page', token);
  const end = start + readPageSize(request);
  const url = (page: string | null): string => {
    const parameters = new URLSearchParams(request.query);
    if (page !== null) parameters.set('page', page);
    const query = parameters.toString();
    return `/services/data/v${request.context.apiVersion}${path}${query ? `?${query}` : ''}`;
  };
  const following = entries[end];
  const nextPageToken = following === undefined ? null : tokenOf(following);
  return {
    items: entries.slice(start, end),
    links: {
      currentPageToken: start === 0 ? null : token,
      currentPageUrl: url(start === 0 ? null : token),
      nextPageToken,
      nextPageUrl: nextPageToken === null ? null : url(nextPageToken),
    },
  };
}

/** Connect REST API guide: 1 to 100 entries, 25 unless asked otherwise. */
function readPageSize({ query }: ResourceRequest): number {
  const text = query.get('pageSize');
  if (text === null) return DEFAULT_PAGE_SIZE;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE_SIZE) throw illegalValue('pageSize', text);
  return size;
}

function illegalValue(name: string, value: string | null): OrgError {
  return new OrgError(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', `Illegal value for query parameter ${name}: ${value}`);
}
