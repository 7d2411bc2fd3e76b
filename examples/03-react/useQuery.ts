import { useEffect, useState } from 'react';
import { queryPath, type SalesforceConnection, type SoqlText } from 'salesforce-interop-client';

export interface QueryState<Row> {
  records: readonly Row[];
  isLoading: boolean;
  /** A sentence for the person. */
  error: string | undefined;
}

interface Answer<Row> {
  connection: SalesforceConnection;
  path: string;
  records: readonly Row[];
  error: string | undefined;
}

/**
 * The records of a query. Another query, or another connection, aborts the one under way; what it would have answered
 * is never shown, and neither are records of the person before.
 *
 * @param statement made by `soql`; `undefined` asks nothing
 */
export function useQuery<Row>(
  connection: SalesforceConnection | null | undefined,
  statement: SoqlText | undefined,
): QueryState<Row> {
  const [answer, setAnswer] = useState<Answer<Row>>();
  const path = statement && queryPath(statement);

  useEffect(() => {
    if (!connection || path === undefined) return;
    const call = new AbortController();
    const settle = (records: readonly Row[], error?: string): void => {
      if (!call.signal.aborted) setAnswer({ connection, path, records, error });
    };
    connection
      .executeApiRequest<{ records: Row[] }>(path, 'GET', undefined, undefined, true, { signal: call.signal })
      .then(
        ({ data }) => settle(data?.records ?? []),
        (error: unknown) => settle([], error instanceof Error ? error.message : String(error)),
      );
    return () => call.abort();
  }, [connection, path]);

  const isAsked = Boolean(connection) && path !== undefined;
  const isCurrent = isAsked && answer?.connection === connection && answer?.path === path;
  return {
    records: isCurrent ? answer.records : [],
    isLoading: isAsked && !isCurrent,
    error: isCurrent ? answer.error : undefined,
  };
}
