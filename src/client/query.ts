import { longestSoql, soqlParts } from '../salesforce/soqlParts.ts';
import { isSoqlText, type SoqlText } from '../salesforce/soqlQuoting.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import { readOptionNames, withReadOptions, request, type ReadOptions } from './apiRequest.ts';
import { checkConnection, checkFlag, checkOptions, type Connection, isPlainObject } from './checks.ts';
import { ParameterError } from './errors.ts';
import type { SalesforceRestApiSObject } from './restApi.ts';
import type { SoqlOf } from './select.ts';

/** The last argument of {@link query}. `timeout` bounds each request, not the whole. */
export interface QueryOptions extends ReadOptions {
  /** Most rows; the query ends after so many. */
  limit?: number | undefined;
  /** Deleted rows and archived activities too (REST API Developer Guide, "QueryAll"). */
  queryAll?: boolean | undefined;
  /** Most rows of a page, 200 to 2,000 (REST API Developer Guide, "Query Options Header"). */
  batchSize?: number | undefined;
}

/** The rows of a query. Each loop over them asks the org anew; nothing is sent before. */
export interface Query<Row> extends AsyncIterable<Row> {
  /** All rows. */
  toArray(): Promise<Row[]>;
}

interface Page {
  records: unknown[];
  done?: boolean;
  nextRecordsUrl?: string | undefined;
  totalSize?: number;
}

const optionNames = /* @__PURE__ */ withReadOptions('limit', 'queryAll', 'batchSize');
/** Bounds of a page (REST API Developer Guide, "Query Options Header"). */
const smallestPage = 200;
const largestPage = 2_000;

/**
 * Reads all rows of a SOQL query, page after page; while one is worked on, the next is fetched. Child rows of
 * subqueries are complete in each row. Leaving the loop gives up the page ahead.
 *
 * A list that makes the statement longer than the 100,000 characters that Salesforce takes is cut, and the parts are
 * asked for one after the other, where that changes nothing but the moment in which each is read: see `docs/client.md`.
 *
 * @typeParam Row - what a row is: known of a statement that `select` has made; of another what the caller expects,
 *   unchecked
 * @param statement - made by `soql` or `select`, so that no value in it is pasted
 * @param options - `{ limit, queryAll, batchSize, signal, timeout }`
 * @throws {@link ParameterError} at once, for parameters that make no query
 * @throws `ApiRequestError` and the others of `request`, where the row would be that could not be read
 * @see REST API Developer Guide, "Query" and "Query More Results"
 * @example
 * ```ts
 * type Account = { Id: string; Name: string };
 * for await (const { Name } of query<Account>(salesforce, soql`SELECT Id, Name FROM Account`)) console.log(Name);
 * ```
 */
export function query<Row = SalesforceRestApiSObject>(
  connection: Connection,
  statement: SoqlOf<Row>,
  options: QueryOptions = {},
): Query<Row> {
  checkConnection(connection);
  checkStatement(statement);
  checkQueryOptions(options);
  const statements = cutInParts(statement);
  const iterate = () => new Rows(connection, statements, options) as AsyncIterableIterator<Row>;
  return {
    [Symbol.asyncIterator]: iterate,
    async toArray() {
      const rows: Row[] = [];
      for await (const row of iterate()) rows.push(row);
      return rows;
    },
  };
}

/**
 * How many rows a query finds: what `SELECT COUNT() FROM …` counts, or the size of any other query's result, of which
 * no more than the first page is sent.
 *
 * @throws as {@link query}
 * @see SOQL and SOSL Reference, "COUNT()"
 */
export async function count(connection: Connection, statement: SoqlText, options: ReadOptions = {}): Promise<number> {
  checkConnection(connection);
  checkStatement(statement);
  checkOptions(options, readOptionNames);
  if (statement.toString().length > longestSoql)
    throw new ParameterError(`The SOQL statement is longer than the ${longestSoql} characters that Salesforce takes`);
  const { data } = await request<Page>(connection, pathOf(statement, 'query'), {
    ...options,
    headers: pageHeaders(smallestPage),
  });
  return data?.totalSize ?? 0;
}

/** @throws {@link ParameterError} for a statement that `soql` has not made */
function checkStatement(statement: unknown): asserts statement is SoqlText {
  if (!isSoqlText(statement))
    throw new ParameterError('The statement must be made by soql`…`, which quotes the values in it');
}

function checkQueryOptions(options: QueryOptions): void {
  checkOptions(options, optionNames);
  const { limit, batchSize } = options;
  checkFlag('queryAll', options.queryAll);
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0))
    throw new ParameterError('limit must be a whole number of rows');
  if (
    batchSize !== undefined &&
    !(Number.isInteger(batchSize) && batchSize >= smallestPage && batchSize <= largestPage)
  )
    throw new ParameterError(`batchSize must be a whole number from ${smallestPage} to ${largestPage}`);
}

function cutInParts(statement: SoqlText): SoqlText[] {
  try {
    return soqlParts(statement);
  } catch (error) {
    throw new ParameterError((error as TypeError).message);
  }
}

const pathOf = (statement: SoqlText, resource: 'query' | 'queryAll') =>
  `/services/data/vXX.X/${resource}?q=${urlSegment(statement.toString())}`;

const pageHeaders = (rows: number) => ({ 'Sforce-Query-Options': `batchSize=${rows}` });

/** One run over the rows. */
class Rows implements AsyncIterableIterator<unknown> {
  readonly #stop = new AbortController();
  readonly #rows: AsyncGenerator<unknown, undefined>;

  constructor(connection: Connection, statements: readonly SoqlText[], options: QueryOptions) {
    this.#rows = readRows(connection, statements, options, this.#stop);
  }

  next() {
    return this.#rows.next();
  }

  /** A page on its way is given up first: the generator would wait for it. */
  return() {
    this.#stop.abort();
    return this.#rows.return(undefined);
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

async function* readRows(
  connection: Connection,
  statements: readonly SoqlText[],
  { limit = Infinity, queryAll, batchSize, signal, ...rest }: QueryOptions,
  stop: AbortController,
): AsyncGenerator<unknown, undefined> {
  const rows = batchSize ?? (limit < largestPage ? Math.max(smallestPage, limit) : undefined);
  const options = {
    ...rest,
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    ...(rows !== undefined && { headers: pageHeaders(rows) }),
  };
  const pages = readPages(
    (path) => readPage(connection, path, options),
    statements.map((statement) => pathOf(statement, queryAll ? 'queryAll' : 'query')),
  );
  // Rows of a later part that an earlier one has found too: as another case of the same text, or changed in between.
  const seen = statements.length > 1 ? new Set<string>() : undefined;
  let left = limit;
  try {
    for (let page = left > 0 ? pages() : undefined; page;) {
      const { records, next } = await page;
      // The next page is on its way while this one is worked on.
      const ahead = records.length < left ? next?.() : undefined;
      // Whoever waits for it hears of its failure; nobody does after an early end.
      ahead?.catch(() => undefined);
      for (const row of records) {
        if (seen && isSeen(row, seen)) continue;
        await completeChildren(connection, row, options);
        yield row;
        left -= 1;
        if (left === 0) return undefined;
      }
      page = ahead ?? (left > 0 ? next?.() : undefined);
    }
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    stop.abort();
  }
  return undefined;
}

interface PageAndNext {
  records: readonly unknown[];
  /** Fetches the page after it, where there is one. */
  next: (() => Promise<PageAndNext>) | undefined;
}

/** The pages of several statements, one after the other: a function for the first. */
function readPages(read: (path: string) => Promise<Page>, paths: readonly string[]): () => Promise<PageAndNext> {
  const [first = '', ...others] = paths;
  return async () => {
    const { records, nextRecordsUrl } = await read(first);
    const following = nextRecordsUrl === undefined ? others : [nextRecordsUrl, ...others];
    return { records, next: following.length > 0 ? readPages(read, following) : undefined };
  };
}

async function readPage(connection: Connection, path: string, options: ReadOptions & PageHeaders): Promise<Page> {
  const { data } = await request<Page>(connection, path, options);
  return isPage(data) ? data : { records: [] };
}

interface PageHeaders {
  headers?: Record<string, string>;
}

function isPage(value: unknown): value is Page {
  return isPlainObject(value) && Array.isArray(value.records);
}

function isSeen(row: unknown, seen: Set<string>): boolean {
  const url = (row as { attributes?: { url?: string } } | null)?.attributes?.url;
  if (url === undefined) return false;
  const before = seen.size;
  return seen.add(url).size === before;
}

/**
 * Reads the further pages of a row's child rows, and of theirs.
 *
 * @see SOQL and SOSL Reference, "Relationship Queries": a subquery's result has a `nextRecordsUrl` of its own
 */
async function completeChildren(
  connection: Connection,
  row: unknown,
  options: ReadOptions & PageHeaders,
): Promise<void> {
  if (!isPlainObject(row)) return;
  for (const children of Object.values(row)) {
    if (!isPage(children)) continue;
    while (children.nextRecordsUrl !== undefined) {
      const { records, nextRecordsUrl } = await readPage(connection, children.nextRecordsUrl, options);
      for (const record of records) children.records.push(record);
      if (nextRecordsUrl === undefined) delete children.nextRecordsUrl;
      else children.nextRecordsUrl = nextRecordsUrl;
    }
    children.done = true;
    for (const child of children.records) await completeChildren(connection, child, options);
  }
}
